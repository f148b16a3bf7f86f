import type { Level } from '@firedrill/topology';
import type { Slo } from '../catalogue.ts';
import { clockFactor } from '../clock.ts';
import { operationRate } from '../traffic.ts';

const thirtyDays = 30 * 86_400;

/** What a number of bad events means for the users and for the budget. */
export interface BudgetCost {
  readonly slo: string;
  readonly badEvents: number;
  /** How long a total outage at the load that was really sent makes as many: bad ÷ rate. */
  readonly fullOutageSeconds: number;
  /** Of the 30-day budget at the level's declared rate, percent. Event-weighted: a quiet hour does not count like a busy one. */
  readonly percentOf30d: number;
  /** The same of the 12 h drill period. A drill's recovery times do not shrink by 60: print it only with the label "×60". */
  readonly percentOfDrillTimes60: number;
}

/** Events per second of an SLO at a level's declared (`seedRps`) or really sent (`labRps`) load. */
export function eventRate(slo: Slo, level: Level, load: 'seedRps' | 'labRps' = 'seedRps'): number {
  return operationRate(slo.operations, level[load]);
}

/** The bad events that 30 days at the level's declared rate may have. */
export function budgetEvents30d(slo: Slo, level: Level): number {
  return eventRate(slo, level) * thirtyDays * slo.errorBudget;
}

/**
 * Pure: the cost of the bad events of one SLO, counted exactly (never by `increase()`, which extrapolates).
 * A lab that sends a part of the declared load hurts that part of the users: the events are scaled up by the factor.
 */
export function budgetCost(slo: Slo, level: Level, badEvents: number): BudgetCost {
  const scaled = badEvents * (level.seedRps / level.labRps);
  const percentOf30d = (100 * scaled) / budgetEvents30d(slo, level);
  return {
    slo: slo.name,
    badEvents,
    fullOutageSeconds: badEvents / eventRate(slo, level, 'labRps'),
    percentOf30d,
    percentOfDrillTimes60: percentOf30d * clockFactor.drill,
  };
}
