import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { DrawnBoard, DrawnPanel } from '../boards/drawn-board.ts';
import type { LogLine } from '../boards/series.ts';
import { figure } from './format.ts';
import { emptyPanel, lastOf, type StoredPanel } from './panel-store.ts';
import { runbookLink } from './pieces.ts';
import type { BoardName } from './server.ts';

export const windowNames: Readonly<Record<number, string>> = { 300: '5 min', 900: '15 min', 3600: '1 h' };

/** The boards to choose from. */
export const boardList = (
  boards: readonly BoardName[],
  shown: string,
): TemplateResult => html`<ul class="names boards">
  ${boards.map(
    ({ uid, title, description }) => html`<li>
      <a class="item" href="#boards/${uid}" title=${description} aria-current=${uid === shown ? 'true' : nothing}>${title}</a>
    </li>`,
  )}
</ul>`;

/** Rows of panels. @param hidden titles of rows that are shown otherwise */
export function boardView(
  board: DrawnBoard,
  panels: ReadonlyMap<string, StoredPanel>,
  windowSeconds: number,
  hidden: readonly string[] = [],
): TemplateResult {
  return html`<p class="note">
      ${board.description} Last ${windowNames[windowSeconds]} <button
        class="quiet"
        @click=${() => document.dispatchEvent(new CustomEvent('dash-window'))}
      >
        <kbd>t</kbd> other time
      </button>
    </p>
    ${board.rows
      .filter(({ title }) => !hidden.includes(title))
      .map(
        ({ title, panels: own }) => html`<section class="row" aria-label=${title}>
          <h2>${title}</h2>
          <div class="panels">
            ${own.map((panel) => panelBox(panel, panels.get(panel.id) ?? emptyPanel))}
          </div>
        </section>`,
      )}`;
}

const panelBox = (panel: DrawnPanel, known: StoredPanel): TemplateResult => html`<figure
  class="panel ${panel.kind}"
  data-panel=${panel.id}
  data-width=${panel.width}
>
  <figcaption title="${panel.description} ${panel.queries.map(({ expr }) => expr).join(' ⟩ ')}">
    <span>${panel.title}</span>
    ${panel.runbook === null ? nothing : runbookLink(panel.runbook)}
  </figcaption>
  ${known.problem === null ? nothing : html`<p class="stale" role="status">${known.problem}</p>`}
  ${content(panel, known)}
</figure>`;

function content(panel: DrawnPanel, known: StoredPanel): TemplateResult {
  switch (panel.kind) {
    case 'stat':
      return stat(panel, known);
    case 'logs':
      return lines(known.lines);
    default:
      // The drawing is put in by charts.ts; it is a picture of what the legend says in words.
      return html`<div class="chart" data-chart=${panel.id} aria-hidden="true"></div>
        ${
          panel.kind === 'timeline' && known.series.length === 0 && known.toSeconds !== undefined
            ? html`<p class="empty">Nothing in this time.</p>`
            : legend(panel, known)
        }`;
  }
}

function stat(panel: DrawnPanel, { series, toSeconds }: StoredPanel): TemplateResult {
  const step = (value: number | null): string =>
    value === null
      ? ''
      : (panel.thresholds.filter((one) => value >= one.value).at(-1)?.meaning ?? panel.base ?? 'measure');
  return html`<dl class="stats">
    ${series.map((one) => {
      const value = lastOf(one, toSeconds);
      return html`<div class=${step(value)}>
        <dt>${one.name}</dt>
        <dd>${figure(value, panel.unit)}</dd>
      </div>`;
    })}
  </dl>`;
}

/** What a timeline's bars are called stands in them. */
function legend(panel: DrawnPanel, { series, toSeconds }: StoredPanel): TemplateResult {
  const named = panel.kind === 'timeline';
  return html`<ul class=${named ? 'legend hidden' : 'legend'}>
    ${series.map(
      (one) => html`<li>
        <svg class="key" viewBox="0 0 16 6" aria-hidden="true" data-key="${one.query} ${one.name}">
          <line x1="0" y1="3" x2="16" y2="3"></line>
        </svg>
        ${one.name} <b>${figure(lastOf(one, toSeconds), panel.unit)}</b>
      </li>`,
    )}
  </ul>`;
}

/** What is marked in a line stays marked when another comes above it. Two that are alike are told apart by their number. */
function keyOfEach(all: readonly LogLine[]): (line: LogLine) => string {
  const seen = new Map<string, number>();
  const keys = new Map<LogLine, string>();
  for (const line of all.toReversed()) {
    const same = `${line.at} ${line.part} ${line.text}`;
    const before = seen.get(same) ?? 0;
    seen.set(same, before + 1);
    keys.set(line, `${same} ${before}`);
  }
  return (line) => keys.get(line) ?? '';
}

const lines = (all: readonly LogLine[]): TemplateResult =>
  all.length === 0
    ? html`<p class="empty">No lines in this time.</p>`
    : html`<ol class="lines" tabindex="0" aria-label="Log lines, newest first">
        ${repeat(
          all,
          keyOfEach(all),
          ({ at, part, severity, text, trace }) => html`<li>
            <time>${new Date(Number(at.slice(0, -6))).toISOString().slice(11, 23)}</time>
            <b>${part}</b> <span class="severity">${severity}</span> ${text}
            ${trace === null ? nothing : html`<span class="trace">${trace}</span>`}
          </li>`,
        )}
      </ol>`;
