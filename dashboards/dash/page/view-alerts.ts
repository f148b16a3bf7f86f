import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { AlertSight, IncidentSight, LabSight, PagingSight, Snapshot } from '../sight.ts';
import { dayTime, length } from './format.ts';
import { badge, empty, missingNote, runbookLink, staleNote } from './pieces.ts';

/** What rings, who has it, and what to do. */
export function alertsView(
  { paging, incidents, lab }: Snapshot,
  runbooks: readonly string[],
  nowMs: number,
): TemplateResult {
  const alerts = paging.value?.alerts ?? [];
  const all = incidents.value?.incidents ?? [];
  const open = all.filter(({ status }) => status !== 'resolved');
  const over = all.filter(({ status }) => status === 'resolved');
  return html`<section aria-label="Alerts">
      <h2>Alerts</h2>
      ${staleNote(paging, lab, nowMs)}
      ${lab.state === 'running' && paging.value !== null ? blindNote(paging.value) : nothing}
      ${alerts.length === 0 ? empty(noAlerts(paging.value)) : alertTable(alerts, nowMs)}
      ${heartbeat(paging.value, lab, nowMs)}
    </section>
    <section aria-label="Incidents">
      <h2>Incidents</h2>
      ${staleNote(incidents, lab, nowMs)}
      ${incidents.value?.unread.map((one) => missingNote(`What a journal tells is missing: ${one}`))}
      ${open.length === 0 ? empty(incidents.value === null ? 'Nothing is known of incidents yet.' : 'No incident is open.') : incidentTable(open, nowMs)}
      ${
        over.length === 0
          ? nothing
          : html`<details>
            <summary>${over.length} that are over</summary>
            ${incidentTable(over, nowMs)}
          </details>`
      }
      <p class="note">To take one: pnpm oncall ack &lt;id&gt;.</p>
    </section>
    <section aria-label="Runbooks">
      <h2>Runbooks</h2>
      <ul class="names">
        ${runbooks.map((name) => html`<li>${runbookLink(name, name === 'README' ? 'How to use them' : name)}</li>`)}
      </ul>
    </section>`;
}

/** Pure: of nothing fires only who was told by everybody. */
export function noAlerts(paging: PagingSight | null): string {
  if (paging === null) return 'Nothing is known of alerts yet.';
  return unheard(paging).length > 0 ? 'Nothing is known to fire.' : 'Nothing fires, nothing pends.';
}

/** Who knows what fires, and does not answer. */
const unheard = ({ blind }: PagingSight) => blind.filter((source) => source !== 'the receiver');

const blindNote = (paging: PagingSight) =>
  unheard(paging).map((source) =>
    missingNote(`${source} does not answer: what only it knows is missing here.`),
  );

/** A heartbeat comes every 2 s. */
const blindAfterMs = 10_000;

/** Pure: whether who pages is heard; of a lab that does not run nothing is said. */
export function watchdogText(
  { blind, heartbeatAt }: PagingSight,
  nowMs: number,
): { readonly text: string; readonly alive: boolean } {
  if (blind.includes('the receiver'))
    return { text: 'The receiver does not answer: nobody might be told.', alive: false };
  if (heartbeatAt === null)
    return { text: 'The receiver has not heard the Watchdog: nobody might be told.', alive: false };
  const ageMs = Math.max(0, nowMs - Date.parse(heartbeatAt));
  const alive = ageMs <= blindAfterMs;
  const means = alive ? 'who pages is alive.' : 'pages may be lost.';
  return { text: `The receiver heard the Watchdog ${length(ageMs)} ago: ${means}`, alive };
}

function heartbeat(paging: PagingSight | null, lab: LabSight, nowMs: number) {
  if (paging === null || lab.state !== 'running') return nothing;
  const { text, alive } = watchdogText(paging, nowMs);
  if (alive) return html`<p class="note">${text}</p>`;
  return missingNote(html`${text} ${runbookLink('WatchdogMissing', 'What to do')}`);
}

const alertTable = (alerts: readonly AlertSight[], nowMs: number): TemplateResult => html`<div class="scroll">
  <table class="cards">
    <thead>
      <tr>
        <th>Alert</th>
        <th>severity</th>
        <th>state</th>
        <th class="number">for</th>
        <th>says</th>
        <th>runbook</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        alerts,
        // A row stays who it is when another comes above it: the focus is in it, and Enter opens its runbook.
        ({ alert, severity, what }) => `${alert} ${severity} ${what}`,
        ({ alert, severity, state, since, summary, what, runbook }) => html`<tr
          class=${state === 'firing' ? severity : ''}
        >
          <th scope="row">${alert} <small>${what}</small></th>
          <td data-label="severity">${badge(state === 'firing' ? severity : 'excluded', severity)}</td>
          <td data-label="state">${state}</td>
          <td class="number" data-label="for">${length(Math.max(0, nowMs - Date.parse(since)))}</td>
          <td data-label="says" class="says">${summary}</td>
          <td data-label="runbook">${runbook ? runbookLink(alert, alert) : html`<span class="dim">none</span>`}</td>
        </tr>`,
      )}
    </tbody>
  </table>
</div>`;

const incidentMeaning: Readonly<Record<IncidentSight['status'], string>> = {
  open: 'page',
  acknowledged: 'slow',
  recovered: 'good',
  resolved: 'excluded',
};

const incidentTable = (
  incidents: readonly IncidentSight[],
  nowMs: number,
): TemplateResult => html`<div class="scroll">
  <table class="cards">
    <thead>
      <tr>
        <th>Incident</th>
        <th>status</th>
        <th>opened, UTC</th>
        <th class="number">lasts</th>
        <th>who has it</th>
        <th>alerts</th>
        <th>runbook</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        incidents,
        ({ id }) => id,
        ({ id, status, openedAt, endedAt, assignee, alerts, runbook, labGone }) => html`<tr
          class=${status === 'open' && !labGone ? 'page' : ''}
        >
          <th scope="row">${id}</th>
          <td data-label="status">
            ${badge(labGone ? 'excluded' : incidentMeaning[status], status)}
            ${labGone ? html`<small>its lab is gone: pnpm oncall resolve ${id}</small>` : nothing}
          </td>
          <td data-label="opened">${dayTime(openedAt)}</td>
          <td class="number" data-label="lasts">
            ${length(Math.max(0, (endedAt === null ? nowMs : Date.parse(endedAt)) - Date.parse(openedAt)))}
          </td>
          <td data-label="who has it">${assignee ?? 'nobody'}</td>
          <td data-label="alerts" class="says">${alerts.join(', ')}</td>
          <td data-label="runbook">${runbookLink(runbook, runbook)}</td>
        </tr>`,
      )}
    </tbody>
  </table>
</div>`;
