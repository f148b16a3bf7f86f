import { html, nothing, render, type TemplateResult } from 'lit-html';
import { boardList, boardView } from './board.ts';
import { drawCharts } from './charts.ts';
import { banner, head, tabTitle } from './head.ts';
import { movedTo, wishOf } from './keys.ts';
import { empty } from './pieces.ts';
import { reader } from './reader.ts';
import { refreshSnapshot, refreshView } from './refresh.ts';
import { hashOf, routeOf } from './route.ts';
import { singleFlight } from './single-flight.ts';
import { boardUnder, state } from './state.ts';
import { alertsView } from './view-alerts.ts';
import { experimentView } from './view-experiment.ts';
import { runsView } from './view-runs.ts';
import { slosView } from './view-slos.ts';
import { topologyView } from './view-topology.ts';
import { windows } from './windows.ts';

const app = document.getElementById('app')!;
const narrow = matchMedia('(max-width: 700px)');
const everyMs = 1000;

function view(nowMs: number): TemplateResult {
  const { snapshot, route } = state;
  if (snapshot === null) return empty('Looking at the lab …');
  switch (route.view) {
    case 'slos':
      return html`${slosView(snapshot, nowMs)} ${boardBelow(['Now'])}`;
    case 'alerts':
      return alertsView(snapshot, state.runbooks, nowMs);
    case 'topology':
      return topologyView(snapshot, narrow.matches, nowMs);
    case 'experiment':
      return html`${experimentView(snapshot, nowMs)} ${boardBelow()}`;
    case 'runs':
      return runsView(state.runs);
    case 'boards':
      return html`${boardList(state.boards, boardUnder(route) ?? '')} ${boardBelow()}`;
  }
}

function boardBelow(hidden: readonly string[] = []): TemplateResult | typeof nothing {
  const wanted = boardUnder(state.route);
  if (state.board === null || state.board.uid !== wanted) return nothing;
  // Of a lab that nobody has seen there is nothing to draw.
  if (state.snapshot?.lab.state === 'none') return nothing;
  return boardView(state.board, state.panels, state.windowSeconds, hidden);
}

function draw(): void {
  const nowMs = Date.now();
  render(
    html`${head(state, nowMs)} ${banner(state)}
      <main id="main" tabindex="-1">${view(nowMs)}</main>
      <dialog @close=${closed} aria-label="Opened">${reader(state)}</dialog>`,
    app,
  );
  document.title = tabTitle(state);
  const dialog = app.querySelector('dialog')!;
  const isOpen = state.help || state.route.open !== null;
  if (isOpen && !dialog.open) {
    dialog.showModal();
    dialog.querySelector<HTMLElement>('article')?.focus();
  }
  if (!isOpen && dialog.open) {
    closing.push(dialog);
    dialog.close();
  }
  drawCharts(state);
  if (state.snapshot !== null) afterFirstView();
}

let seen = false;

/** The drawings' library is large: words and figures do not wait until it is read. */
function afterFirstView(): void {
  if (seen) return;
  seen = true;
  performance.mark('first-view');
  const script = document.createElement('script');
  script.src = '/lib/echarts.js';
  script.addEventListener('load', draw);
  document.head.append(script);
}

function close(): void {
  const wasOpen = state.route.open !== null;
  state.help = false;
  state.route = { ...state.route, open: null };
  draw();
  if (wasOpen) location.hash = hashOf(state.route);
}

/** Dialogs that the page itself closes: they say so a moment later, when the next may be open. */
const closing: HTMLDialogElement[] = [];

/** The browser closes a dialog by itself at Esc. */
function closed(): void {
  if (closing.shift() === undefined) close();
}

async function go(): Promise<void> {
  const before = state.route;
  state.route = routeOf(location.hash, before);
  if (before.view !== state.route.view) window.scrollTo(0, 0);
  draw();
  await refreshView(state, draw);
  draw();
}

document.addEventListener('keydown', (event) => {
  const wish = wishOf(event);
  if (wish === undefined) return;
  switch (wish.kind) {
    case 'view':
      location.hash = hashOf({ view: wish.view, board: null });
      break;
    case 'move':
      move(wish.by);
      break;
    case 'help':
      state.help = true;
      draw();
      break;
    case 'window':
      otherWindow();
      break;
    case 'close':
      // An open dialog closes by itself.
      return;
  }
  event.preventDefault();
});

function move(by: 1 | -1): void {
  const items = [...app.querySelectorAll<HTMLElement>('main .item')].filter(
    (item) => item.offsetParent !== null,
  );
  const next = items[movedTo(items.indexOf(document.activeElement as HTMLElement), by, items.length)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function otherWindow(): void {
  const all = Object.keys(windows).map(Number);
  state.windowSeconds = all[(all.indexOf(state.windowSeconds) + 1) % all.length] ?? state.windowSeconds;
  state.panels = new Map();
  void turn();
}

/** A flaw of ours in one turn must not end the next. */
const report = (error: unknown): void => console.error(error);

const refreshCharts = singleFlight(() => refreshView(state, draw).then(draw, report));

/** How the lab is does not wait for charts whose source hangs. */
async function turn(): Promise<void> {
  // While the answer is waited for, what is shown grows old.
  const aging = setInterval(draw, everyMs);
  await refreshSnapshot(state).finally(() => clearInterval(aging));
  draw();
  void refreshCharts();
}

/** One turn a second, and none while nobody looks. */
async function live(): Promise<never> {
  for (;;) {
    const begun = performance.now();
    if (!document.hidden) await turn().catch(report);
    const rest = Math.max(100, everyMs - (performance.now() - begun));
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}

// The token has done its work: it shall not stay in the address and in what is copied of it.
if (location.search !== '') history.replaceState(null, '', `${location.pathname}${location.hash}`);
addEventListener('hashchange', () => void go());
document.addEventListener('dash-help', () => {
  state.help = true;
  draw();
});
document.addEventListener('dash-window', otherWindow);
document.addEventListener('dash-close', close);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void turn();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
narrow.addEventListener('change', draw);
app.replaceChildren();
state.route = routeOf(location.hash, state.route);
void live();
