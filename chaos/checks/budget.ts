import {
  type BudgetCost,
  type BudgetSplit,
  budgetCost,
  type Cause,
  type Slo,
  splitBudget,
} from '@firedrill/slo';
import { recoveryGraceMs } from './phases.ts';
import type { Run } from './run.ts';
import { eventsFor, levelOf, slosOf } from './slo-events.ts';

export interface SloCost {
  readonly slo: Slo;
  readonly cost: BudgetCost;
  /** Events that counted. */
  readonly events: number;
  /** Whose the bad events were. */
  readonly split: BudgetSplit;
}

/** What the run cost each SLO's budget and whose doing it was, counted from the ledger. */
export function budgetCosts(run: Run): readonly SloCost[] {
  const level = levelOf(run);
  if (level === undefined) return [];
  const causes = causesOf(run);
  return slosOf(run).map((slo) => {
    const events = eventsFor(run, slo);
    const bad = events.filter((event) => event.outcome === 'bad').length;
    const split = splitBudget(events, causes);
    return { slo, cost: budgetCost(slo, level, bad), events: events.length, split };
  });
}

/** A fault that comes and goes at one place is one cause. */
function causesOf({ times, plan }: Run): readonly Cause[] {
  const byPlace = Map.groupBy(times.faults, ({ id }) => {
    const planned = plan.faults.find((fault) => fault.id === id);
    return JSON.stringify([planned?.fault, planned?.edges, planned?.nodes]);
  });
  return [...byPlace.values()].map((spans) => ({
    name: spans[0]!.id,
    active: spans.map(({ fromMs, toMs = times.endMs }) => ({ fromMs, toMs: toMs + recoveryGraceMs })),
  }));
}
