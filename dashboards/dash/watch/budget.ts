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

/** After a count, how long the next one waits: it shall cost Prometheus a twentieth of its time at most, ms. */
export const pauseAfter = (tookMs: number): number => Math.max(10_000, 20 * tookMs);
