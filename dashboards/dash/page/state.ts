import type { DrawnBoard } from '../boards/drawn-board.ts';
import type { PastRun, Snapshot } from '../sight.ts';
import type { StoredPanel } from './panel-store.ts';
import { home, type Route } from './route.ts';
import type { BoardName } from './server.ts';

/** All that the page knows. One object, drawn anew after each change. */
export interface PageState {
  route: Route;
  snapshot: Snapshot | null;
  /** `performance.now()` of its arrival. */
  receivedAt: number;
  /** Since when the page's own server is silent, ms since the epoch. */
  silentSince: number | null;
  /** Why the server answers nothing any more. */
  refused: string | null;
  runs: readonly PastRun[] | null;
  runbooks: readonly string[];
  boards: readonly BoardName[];
  board: DrawnBoard | null;
  panels: Map<string, StoredPanel>;
  windowSeconds: number;
  /** The open runbook. */
  runbook: { readonly name: string; readonly html: string } | null;
  help: boolean;
}

export const state: PageState = {
  route: home,
  snapshot: null,
  receivedAt: 0,
  silentSince: null,
  refused: null,
  runs: null,
  runbooks: [],
  boards: [],
  board: null,
  panels: new Map(),
  windowSeconds: 300,
  runbook: null,
  help: false,
};

/** Pure: the board under a view; `undefined` where it has none. */
export function boardUnder({ view, board }: Route): string | undefined {
  switch (view) {
    case 'slos':
      return 'slo-overview';
    case 'experiment':
      return 'chaos-run';
    case 'boards':
      return board ?? 'inside-the-shop';
    default:
      return undefined;
  }
}
