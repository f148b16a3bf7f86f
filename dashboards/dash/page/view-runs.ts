import { html, nothing, type TemplateResult } from 'lit-html';
import type { PastRun } from '../sight.ts';
import { dayTime, seconds } from './format.ts';
import { badge, empty } from './pieces.ts';

const meaning: Readonly<Record<PastRun['verdict'], string>> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'slow',
  aborted: 'slow',
  'under way': 'fault',
  unfinished: 'excluded',
};
const sign: Partial<Record<PastRun['verdict'], string>> = { pass: '✓ ', fail: '✗ ', inconclusive: '? ' };

/** What was tried before, newest first. */
export function runsView(runs: readonly PastRun[] | null): TemplateResult {
  if (runs === null) return empty('Looking …');
  if (runs.length === 0) return empty('There is no run yet. Make one: pnpm chaos partition-primary');
  return html`<section aria-label="Runs">
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th>Experiment</th>
            <th>verdict</th>
            <th class="number">level</th>
            <th class="number">seed</th>
            <th>began, UTC</th>
            <th class="number">page predicted</th>
            <th class="number">measured</th>
            <th class="number">orders lost</th>
            <th class="number">of 30 days</th>
            <th>report</th>
          </tr>
        </thead>
        <tbody>
          ${runs.map(row)}
        </tbody>
      </table>
    </div>
    <p class="note">Page: from the injection to the receiver. Of 30 days: the most that one of its objectives lost of its budget.</p>
  </section>`;
}

const row = (run: PastRun): TemplateResult => html`<tr>
  <th scope="row">${run.experiment}</th>
  <td data-label="verdict">${badge(meaning[run.verdict], `${sign[run.verdict] ?? ''}${run.verdict}`)}</td>
  <td class="number" data-label="level">${run.level ?? '–'}</td>
  <td class="number" data-label="seed">${run.seed ?? '–'}</td>
  <td data-label="began">${run.startedAt === null ? '–' : dayTime(run.startedAt)}</td>
  <td class="number dim" data-label="page predicted">${seconds(run.predictedMs)}</td>
  <td class="number" data-label="measured">${seconds(run.measuredMs)}</td>
  <td class="number" data-label="orders lost">
    ${run.orders === null ? '–' : html`${run.orders.lost} <small>of ${run.orders.acknowledged}</small>`}
  </td>
  <td class="number" data-label="of 30 days">${run.budgetPercent === null ? '–' : `${run.budgetPercent.toFixed(3)} %`}</td>
  <td data-label="report">
    ${
      run.report
        ? html`<a class="item" href="#report/${encodeURIComponent(run.id)}" aria-label="Report of ${run.id}">report</a>`
        : run.verdict === 'under way'
          ? html`<a class="item" href="#experiment">look on</a>`
          : nothing
    }
  </td>
</tr>`;
