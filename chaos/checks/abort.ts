import type { Verdict } from '../report/verdict.ts';
import { eventsOf, type Run } from './run.ts';
import { timeOf } from './run-times.ts';

/** Pure: why a run was aborted and how soon it was healed; `undefined` when it was not. */
export function abortFigure(run: Pick<Run, 'events'>): Verdict['abort'] {
  const [abort] = eventsOf(run, 'abort');
  if (abort === undefined) return undefined;
  const askedMs = timeOf({ at: abort.askedAt ?? abort.at });
  const healed = eventsOf(run, 'healed')
    .map(timeOf)
    .filter((ms) => ms >= askedMs);
  return { reason: abort.reason, toHealedMs: healed.length === 0 ? null : Math.max(...healed) - askedMs };
}
