import { eventsOf, type Run } from '../checks/run.ts';
import { timeOf } from '../checks/run-times.ts';

/**
 * Pure: a run's times with the fault over when its last heal began. The edges carry again before all of them are read back: whoever is
 * served in between was helped by the heal, and did not recover by itself.
 */
export function timesIn(run: Pick<Run, 'events' | 'times'>): Run['times'] {
  const { healedMs } = run.times;
  if (healedMs === undefined) return run.times;
  const began = eventsOf(run, 'phase').findLast(
    (event) => event.phase === 'heal' && timeOf(event) <= healedMs,
  );
  return { ...run.times, healedMs: began === undefined ? healedMs : timeOf(began) };
}
