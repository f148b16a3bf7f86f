import type { Level } from '@firedrill/topology';
import { budgetCost } from '../budget/event-budget.ts';
import type { Slo } from '../catalogue.ts';
import type { BudgetStatus } from './slo-status.ts';

/** Events that were counted one by one. */
export interface EventCount {
  readonly events: number;
  readonly syntheticEvents: number;
  readonly badEvents: number;
}

/** Pure: never NaN, whatever was counted. */
export function budgetStatus(slo: Slo, level: Level, period: string, count: EventCount): BudgetStatus {
  const allowedEvents = count.events * slo.errorBudget;
  const remainingEvents = allowedEvents - count.badEvents;
  return {
    period,
    ...count,
    allowedEvents,
    remainingEvents,
    remainingRatio: count.events === 0 ? 1 : remainingEvents / allowedEvents,
    percentOf30d: budgetCost(slo, level, count.badEvents).percentOf30d,
  };
}
