import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { RunSight, Snapshot } from '../sight.ts';
import { clockTime, length, seconds } from './format.ts';
import { badge, empty, staleNote } from './pieces.ts';

/** The run that is under way: what it expects, how far it is, and what has come of it so far. */
export function experimentView({ run, lab, level }: Snapshot, nowMs: number): TemplateResult {
  if (lab.heldBy === 'drill') {
    return empty(
      'A drill is under way: what is broken is told to nobody until its end. pnpm drill shows how to play.',
    );
  }
  if (run.value === null) {
    return html`${staleNote(run, lab, nowMs)}${empty(
      `No experiment is under way. Start one: pnpm chaos partition-primary --level ${level}`,
    )}`;
  }
  const one = run.value;
  return html`<section aria-label="Experiment">
    ${staleNote(run, lab, nowMs)}
    <h2>${one.title} ${badge('fault', one.phase)}</h2>
    <p class="note">
      ${one.experiment}, level ${one.level}, seed ${one.seed}, since ${clockTime(one.startedAt)} UTC;
      ${one.phase} for ${length(Math.max(0, nowMs - Date.parse(one.phaseSince)))}
    </p>
    <p>${one.hypothesis}</p>
    ${one.problem === null ? nothing : html`<p class="banner" role="alert">${one.problem}</p>`}
    ${progress(one, nowMs)}
    <div class="columns">
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Expected alert</th>
              <th class="number">predicted</th>
              <th class="number wide">at most</th>
              <th class="number">delivered</th>
            </tr>
          </thead>
          <tbody>
            ${one.alerts.map(
              ({ alert, severity, predictedMs, withinMs, deliveredMs }) => html`<tr>
                <th scope="row">${badge(severity, severity)} <a class="item" href="#runbook/${alert}">${alert}</a></th>
                <td class="number">${seconds(predictedMs)}</td>
                <td class="number dim wide">${seconds(withinMs)}</td>
                <td class="number">${deliveredMs === null ? html`<span class="dim">not yet</span>` : seconds(deliveredMs)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
        ${one.alerts.length === 0 ? empty('It expects no alert: any would fail it.') : nothing}
        <p class="note">After the injection, to the receiver.</p>
      </div>
      <ol class="told" aria-label="What happened">
        ${one.told.map(({ at, text }) => html`<li><time>${clockTime(at)}</time> ${text}</li>`)}
      </ol>
    </div>
  </section>`;
}

/** The load as one bar of time, the faults in it, and now. */
function progress({ load, faults }: RunSight, nowMs: number): TemplateResult {
  if (load === null) return html`<p class="note">The users have not begun yet.</p>`;
  const [from, to] = [Date.parse(load.from), Date.parse(load.to)];
  const share = (ms: number): number => Math.max(0, Math.min(100, (100 * (ms - from)) / (to - from)));
  return html`<figure class="progress">
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${Math.round(share(nowMs))} % of the load is sent">
      <rect class="ground" width="100" height="10"></rect>
      <rect class="measure" width=${share(nowMs)} height="3" y="7"></rect>
      ${faults.map((fault) => {
        const begin = share(Date.parse(fault.appliedAt ?? fault.from ?? load.from));
        const end = share(Date.parse(fault.healedAt ?? fault.to ?? load.to));
        return svg`<rect class="fault" x=${begin} width=${Math.max(0.5, end - begin)} height="7"><title>${fault.label}</title></rect>`;
      })}
      <rect class="ink" x=${Math.max(0, share(nowMs) - 0.2)} width="0.4" height="10"></rect>
    </svg>
    <figcaption>
      ${faults.map(
        ({ label, where, appliedAt, healedAt, from: due }) => html`<span
          >${badge('fault', label)} ${where.join(', ')}:
          ${
            healedAt !== null
              ? 'undone'
              : appliedAt !== null
                ? `in for ${length(nowMs - Date.parse(appliedAt))}`
                : due !== null && Date.parse(due) > nowMs
                  ? `in ${length(Date.parse(due) - nowMs)}`
                  : 'due'
          }</span
        >`,
      )}
      <span class="dim">load until ${clockTime(load.to)}</span>
    </figcaption>
  </figure>`;
}
