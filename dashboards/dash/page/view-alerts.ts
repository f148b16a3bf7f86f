import { html, nothing, type TemplateResult } from 'lit-html';
import type { AlertSight, IncidentSight, Snapshot } from '../sight.ts';
import { dayTime, length } from './format.ts';
import { badge, empty, runbookLink, staleNote } from './pieces.ts';

/** What rings, who has it, and what to do. */
export function alertsView(
  { paging, incidents, lab }: Snapshot,
  runbooks: readonly string[],
  nowMs: number,
): TemplateResult {
  const alerts = paging.value?.alerts ?? [];
  const open = incidents.value?.filter(({ status }) => status !== 'resolved') ?? [];
  const over = incidents.value?.filter(({ status }) => status === 'resolved') ?? [];
  return html`<section aria-label="Alerts">
      <h2>Alerts</h2>
      ${staleNote(paging, lab, nowMs)}
      ${alerts.length === 0 ? empty(paging.value === null ? 'Nothing is known of alerts yet.' : 'Nothing fires, nothing pends.') : alertTable(alerts, nowMs)}
      <p class="note">${paging.value === null ? nothing : heartbeat(paging.value.heartbeatAt, nowMs)}</p>
    </section>
    <section aria-label="Incidents">
      <h2>Incidents</h2>
      ${staleNote(incidents, lab, nowMs)}
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

function heartbeat(at: string | null, nowMs: number): string {
  if (at === null) return 'The receiver has not heard the Watchdog: nobody might be told.';
  return `The receiver heard the Watchdog ${length(Math.max(0, nowMs - Date.parse(at)))} ago: who pages is alive.`;
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
      ${alerts.map(
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
      ${incidents.map(
        ({ id, status, openedAt, endedAt, assignee, alerts, runbook }) => html`<tr
          class=${status === 'open' ? 'page' : ''}
        >
          <th scope="row">${id}</th>
          <td data-label="status">${badge(incidentMeaning[status], status)}</td>
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
