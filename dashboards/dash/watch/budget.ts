import { type Clock, readStatus } from '@firedrill/slo';
import type { BudgetSight } from '../sight.ts';

/** Counts the events of each objective one by one. @throws {FiredrillError} `control-failed` */
export async function readBudget(
  prometheusUrl: string,
  level: number,
  clock: Clock,
): Promise<readonly BudgetSight[]> {
  const { slos } = await readStatus({ level, clock, prometheusUrl });
  return slos.map(({ name, budget }) => ({
    slo: name,
    period: budget.period,
    badEvents: budget.badEvents,
    allowedEvents: budget.allowedEvents,
    percentOf30d: budget.percentOf30d,
    synthetic: budget.syntheticEvents > 0,
  }));
}

/** After a count that failed, too, ms. */
export const leastPauseMs = 10_000;
const mostPauseMs = 60_000;

/** After a count, how long the next one waits: it shall cost Prometheus a twentieth of its time, ms; a slow one is not put off for long. */
export const pauseAfter = (tookMs: number): number =>
  Math.min(mostPauseMs, Math.max(leastPauseMs, 20 * tookMs));
