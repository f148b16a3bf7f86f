import type { DrawnBoard } from '../boards/drawn-board.ts';
import type { PanelData, Span } from '../boards/series.ts';
import type { PastRun, Snapshot } from '../sight.ts';

/** The page's server refused, and says why; asking again changes nothing. */
export class Refused extends Error {}

/** What hangs is asked again. */
const deadlineMs = 8000;
/** The server waits for no lab longer than a second and a half. */
const snapshotDeadlineMs = 4000;

async function ask<Answer>(path: string, withinMs = deadlineMs): Promise<Answer> {
  const response = await fetch(path, { signal: AbortSignal.timeout(withinMs) });
  if (response.status === 403) throw new Refused((await response.text()).trim());
  if (!response.ok) {
    const { error } = (await response.json().catch(() => ({}))) as { error?: string };
    throw new Error(error ?? `${response.status} ${response.statusText}`);
  }
  return (await response.json()) as Answer;
}

export interface BoardName {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
}

export interface SeriesAnswer extends Span {
  readonly panels: Readonly<Record<string, PanelData>>;
}

export const askSnapshot = (): Promise<Snapshot> => ask('/api/snapshot', snapshotDeadlineMs);
export const askRuns = (): Promise<readonly PastRun[]> => ask('/api/runs');
export const askRunbooks = (): Promise<readonly string[]> => ask('/api/runbooks');
export const askBoards = (): Promise<readonly BoardName[]> => ask('/api/boards');
export const askBoard = (uid: string): Promise<DrawnBoard> => ask(`/api/boards/${encodeURIComponent(uid)}`);

export function askSeries(
  uid: string,
  panels: readonly string[],
  windowSeconds: number,
  from: number | undefined,
): Promise<SeriesAnswer> {
  const words = new URLSearchParams({ panels: panels.join(','), window: String(windowSeconds) });
  if (from !== undefined) words.set('from', String(from));
  return ask(`/api/series/${encodeURIComponent(uid)}?${words}`);
}

/** A runbook as HTML that the server made of Markdown; what the server says of one that there is not. */
export async function askRunbook(name: string): Promise<string> {
  const response = await fetch(`/runbooks/${encodeURIComponent(name)}`, {
    signal: AbortSignal.timeout(deadlineMs),
  });
  if (response.ok) return response.text();
  // Anything else says nothing of the runbook: it is asked for again.
  if (response.status !== 404) throw new Error(`${response.status} ${response.statusText}`);
  return `<h1>There is no runbook of this name</h1><p>All that there are stand under Alerts.</p>`;
}
