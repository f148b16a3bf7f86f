import { html, nothing, type TemplateResult } from 'lit-html';
import { unsafeHTML } from 'lit-html/directives/unsafe-html.js';
import { hashOf, views } from './route.ts';
import type { PageState } from './state.ts';

/** What lies open over the view: a runbook, a run's report, or the keys. */
export function reader(state: PageState): TemplateResult | typeof nothing {
  const { open } = state.route;
  if (state.help) return keysBox();
  if (open === null) return nothing;
  const close = html`<a class="close" href=${hashOf(state.route)} aria-label="Close"><kbd>Esc</kbd> close</a>`;
  if (open.kind === 'report') {
    const address = `/runs/${encodeURIComponent(open.id)}/report.html`;
    return html`<div class="bar">
        <b>${open.id}</b> <a href=${address} target="_blank">in a tab of its own</a> ${close}
      </div>
      <iframe src=${address} title="Report of ${open.id}" @load=${listenInside}></iframe>`;
  }
  return html`<div class="bar"><b>Runbook</b> <a href="#alerts">all</a> ${close}</div>
    <article class="runbook" tabindex="-1" @click=${jump}>
      ${state.runbook?.name === open.id ? unsafeHTML(state.runbook.html) : 'Opening …'}
    </article>`;
}

/** Keys that are pressed inside the report belong to the page. */
function listenInside({ target }: Event): void {
  const frame = target as HTMLIFrameElement;
  frame.contentDocument?.addEventListener('keydown', ({ key, ctrlKey, altKey, metaKey }) => {
    const same = { key, ctrlKey, altKey, metaKey };
    document.dispatchEvent(
      key === 'Escape' ? new CustomEvent('dash-close') : new KeyboardEvent('keydown', same),
    );
  });
  frame.focus();
}

/** A runbook's links into itself: the address after # says where in the page somebody is, and not where in a runbook. */
function jump(event: Event): void {
  const link = (event.target as Element).closest('a[data-in-page]');
  if (link === null) return;
  event.preventDefault();
  const heading = document.getElementById(link.getAttribute('href')?.slice(1) ?? '');
  heading?.scrollIntoView();
  heading?.focus({ preventScroll: true });
}

const keys: readonly (readonly [string, string])[] = [
  ...views.map(({ title }, index): readonly [string, string] => [String(index + 1), title]),
  ['j, k', 'next and previous row or link'],
  ['Enter', 'open it: a runbook, a report, a board'],
  ['Esc', 'close what is open'],
  ['t', 'another length of time in the charts'],
  ['?', 'these keys'],
];

const keysBox = (): TemplateResult => html`<div class="bar">
    <b>Keys</b>
    <button class="close quiet" @click=${() => document.dispatchEvent(new CustomEvent('dash-close'))}>
      <kbd>Esc</kbd> close
    </button>
  </div>
  <dl class="keys">
    ${keys.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}
  </dl>`;
