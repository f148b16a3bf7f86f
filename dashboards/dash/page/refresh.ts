import { visiblePanels } from './charts.ts';
import { emptyPanel, merged, overlapSeconds } from './panel-store.ts';
import {
  askBoard,
  askBoards,
  askRunbook,
  askRunbooks,
  askRuns,
  askSeries,
  askSnapshot,
  Refused,
} from './server.ts';
import { boardUnder, type PageState } from './state.ts';

/** How often the folder of runs is looked at while it is shown, ms. */
const runsEveryMs = 5000;
let runsAt = Number.NEGATIVE_INFINITY;

/** Asks how the lab is. Never throws: silence is a state, too. */
export async function refreshSnapshot(state: PageState): Promise<void> {
  try {
    const before = state.snapshot;
    state.snapshot = await askSnapshot();
    state.receivedAt = performance.now();
    state.silentSince = null;
    state.refused = null;
    // Another lab: what was drawn is not of it.
    if (before?.lab.name !== state.snapshot.lab.name) state.panels = new Map();
  } catch (error) {
    if (error instanceof Refused) state.refused = error.message;
    else state.silentSince ??= Date.now();
  }
}

/** Asks for the rest of what is shown now; what is not answered is asked for again a second later. */
export async function refreshView(state: PageState, draw: () => void): Promise<void> {
  if (state.silentSince !== null || state.refused !== null) return;
  const { view, open } = state.route;
  const due = view === 'runs' && performance.now() - runsAt > runsEveryMs;
  await Promise.all([
    open?.kind === 'runbook' ? refreshRunbook(state, open.id) : undefined,
    refreshBoard(state, draw).then(() => refreshPanels(state)),
    due ? refreshRuns(state) : undefined,
    state.runbooks.length === 0 ? refreshNames(state) : undefined,
  ]);
}

async function refreshNames(state: PageState): Promise<void> {
  const names = await Promise.all([askRunbooks(), askBoards()]).catch(() => undefined);
  if (names !== undefined) [state.runbooks, state.boards] = names;
}

/** The panels of the view that somebody is in. */
async function refreshBoard(state: PageState, draw: () => void): Promise<void> {
  const uid = boardUnder(state.route);
  if (uid === undefined || state.board?.uid === uid) return;
  const board = await askBoard(uid).catch(() => null);
  if (boardUnder(state.route) !== uid) return;
  state.board = board;
  state.panels = new Map();
  // Which of its panels can be seen shows when they are there.
  draw();
}

/** What is new of the panels that can be seen; all of the time shown where one comes into sight. */
async function refreshPanels(state: PageState): Promise<void> {
  const { board, windowSeconds, panels } = state;
  if (board === null || board.uid !== boardUnder(state.route) || state.snapshot?.lab.state !== 'running')
    return;
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

async function refreshRuns(state: PageState): Promise<void> {
  runsAt = performance.now();
  state.runs = await askRuns().catch(() => state.runs);
}

async function refreshRunbook(state: PageState, name: string): Promise<void> {
  if (state.runbook?.name === name) return;
  const html = await askRunbook(name).catch(() => undefined);
  if (html !== undefined) state.runbook = { name, html };
}
