import { type BudgetCost, budgetCost, type Slo } from '@firedrill/slo';
import type { Run } from './run.ts';
import { eventsFor, levelOf, slosOf } from './slo-events.ts';

export interface SloCost {
  readonly slo: Slo;
  readonly cost: BudgetCost;
  /** Events that counted. */
  readonly events: number;
}

/** What the run cost each SLO's budget, counted from the ledger. */
export function budgetCosts(run: Run): readonly SloCost[] {
  const level = levelOf(run);
  if (level === undefined) return [];
  return slosOf(run).map((slo) => {
    const events = eventsFor(run, slo);
    const bad = events.filter((event) => event.outcome === 'bad').length;
    return { slo, cost: budgetCost(slo, level, bad), events: events.length };
  });
}
