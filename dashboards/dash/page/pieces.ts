import { html, nothing, type TemplateResult } from 'lit-html';
import type { LabSight, Part } from '../sight.ts';
import { clockTime, length } from './format.ts';

/** A word with a sign and a colour of its meaning: never a colour alone. */
export const badge = (meaning: string, text: string): TemplateResult =>
  html`<span class="badge ${meaning}">${text}</span>`;

/** A part is asked each second: one that is older was not answered. */
export const lateMs = 4000;

/** What is not as fresh as the page, and why; of a lab that is gone the page says it once. */
export function staleNote<Value>(
  { at, problem }: Part<Value>,
  lab: LabSight,
  nowMs: number,
): TemplateResult | typeof nothing {
  if (lab.state !== 'running') return nothing;
  const ageMs = at === null ? null : nowMs - Date.parse(at);
  if (problem === null && (ageMs === null || ageMs < lateMs)) return nothing;
  const since =
    at === null || ageMs === null
      ? 'nothing is known yet'
      : `as of ${clockTime(at)}, ${length(Math.max(0, ageMs))} ago`;
  return html`<p class="stale" role="status">${problem ?? 'No answer'}: ${since}</p>`;
}

/** A bar from 0 to 1 with its mark at the end of what is full. */
export const bar = (share: number, meaning: string, label: string): TemplateResult => html`<svg
  class="bar"
  viewBox="0 0 100 8"
  preserveAspectRatio="none"
  role="img"
  aria-label=${label}
>
  <rect class="ground" width="100" height="8"></rect>
  <rect class=${meaning} width=${Math.max(0, Math.min(1, share)) * 100} height="8"></rect>
</svg>`;

export const empty = (text: string): TemplateResult => html`<p class="empty">${text}</p>`;

/** What nobody may overlook, and that is not old. */
export const missingNote = (text: TemplateResult | string): TemplateResult =>
  html`<p class="stale" role="status">${text}</p>`;

export const runbookLink = (alert: string, text = 'runbook'): TemplateResult =>
  html`<a class="item" href="#runbook/${alert}" aria-label="Runbook of ${alert}">${text}</a>`;
