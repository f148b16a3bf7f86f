import { visiblePanels } from './charts.ts';
import { emptyPanel, merged, overlapSeconds } from './panel-store.ts';
import { askBoard, askBoards, askRunbook, askRunbooks, askRuns, askSeries, askSnapshot, Refused } from './server.ts';
import { boardUnder, type PageState } from './state.ts';

/** How often the folder of runs is looked at while it is shown, ms. */
const runsEveryMs = 5000;
let runsAt = Number.NEGATIVE_INFINITY;

/** Asks for all that is shown now. Never throws: silence is a state, too. */
export async function refresh(state: PageState): Promise<void> {
  try {
    const before = state.snapshot;
    state.snapshot = await askSnapshot();
    state.receivedAt = performance.now();
    state.silentSince = null;
    state.refused = null;
    // Another lab: what was drawn is not of it.
    if (before?.lab.name !== state.snapshot.lab.name) state.panels = new Map();
    if (state.runbooks.length === 0) {
      [state.runbooks, state.boards] = await Promise.all([askRunbooks(), askBoards()]);
    }
    await refreshBoard(state);
    const due = state.route.view === 'runs' && performance.now() - runsAt > runsEveryMs;
    await Promise.all([refreshPanels(state), due ? refreshRuns(state) : undefined]);
  } catch (error) {
    if (error instanceof Refused) state.refused = error.message;
    else state.silentSince ??= Date.now();
  }
}

/** The panels of the view that somebody is in. */
export async function refreshBoard(state: PageState): Promise<void> {
  const uid = boardUnder(state.route);
  if (uid === undefined || state.board?.uid === uid) return;
  const board = await askBoard(uid).catch(() => null);
  if (boardUnder(state.route) !== uid) return;
  state.board = board;
  state.panels = new Map();
}

/** What is new of the panels that can be seen; all of the time shown where one comes into sight. */
async function refreshPanels(state: PageState): Promise<void> {
  const { board, windowSeconds, panels } = state;
  if (board === null || board.uid !== boardUnder(state.route) || state.snapshot?.lab.state !== 'running') return;
  const wanted = [...visiblePanels(), ...board.annotations.map(({ id }) => id)];
  const known = (id: string): number | undefined => panels.get(id)?.toSeconds;
  const fresh = wanted.filter((id) => known(id) === undefined);
  const growing = wanted.filter((id) => known(id) !== undefined);
  const since = Math.min(...growing.map((id) => known(id) ?? 0)) - overlapSeconds;
  const answers = await Promise.all([
    ...(fresh.length === 0 ? [] : [askSeries(board.uid, fresh, windowSeconds, undefined)]),
    ...(growing.length === 0 ? [] : [askSeries(board.uid, growing, windowSeconds, since)]),
  ]).catch(() => []);
  // Somebody went on meanwhile.
  if (state.board !== board || state.panels !== panels) return;
  for (const answer of answers) {
    for (const [id, data] of Object.entries(answer.panels)) {
      panels.set(id, merged(panels.get(id) ?? emptyPanel, data, answer, answer.toSeconds - windowSeconds));
    }
  }
}

export async function refreshRuns(state: PageState): Promise<void> {
  runsAt = performance.now();
  state.runs = await askRuns().catch(() => state.runs);
}

export async function refreshRunbook(state: PageState, name: string): Promise<void> {
  if (state.runbook?.name === name) return;
  const html = await askRunbook(name).catch(() => '<p>pnpm dash does not answer.</p>');
  state.runbook = { name, html };
}
