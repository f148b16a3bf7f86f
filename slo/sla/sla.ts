import { levels } from '@firedrill/topology';
import { type Slo, sloCatalogue } from '../catalogue.ts';

/** What the shop's operator owes the merchants that sell through it, derived from an SLO. */
export interface Sla {
  /** The SLO's: `checkout-availability`. */
  readonly name: string;
  readonly slo: Slo;
  /** A ratio, e.g. 0.99: always below the SLO's. */
  readonly objective: number;
  /** 1 − objective: the share of a period's requests that may fail before the operator owes something. */
  readonly allowance: number;
}

/** What is owed when the failures of a period exceed so many times the allowance. */
export interface SlaCredit {
  readonly timesAllowance: number;
  /** Percent of the period's fee. */
  readonly percent: number;
}

/**
 * An SLA allows twice what its SLO allows. The first half is the team's to spend, and it is paged long before it is gone; the
 * second half is the distance between a missed objective and a broken promise.
 */
export const allowanceInBudgets = 2;

/** Of the allowance that is spent, from where on `SlaAtRisk` fires: the SLO's own budget is gone. */
export const atRiskShare = 1 / allowanceInBudgets;

export const slaCredits: readonly SlaCredit[] = [
  { timesAllowance: 1, percent: 10 },
  { timesAllowance: 2, percent: 25 },
  { timesAllowance: 5, percent: 50 },
];

/** A level that one process can stop promises nothing to anybody. */
const firstLevel = 2;

/** The SLAs of a level: of its availability SLOs, for a slow answer is not owed for. None at level 1. */
export function slasOf(level: number): readonly Sla[] {
  if (level < firstLevel) return [];
  return sloCatalogue(level)
    .filter((slo) => slo.kind === 'availability')
    .map((slo) => {
      // As exact as the SLO's own decimals.
      const allowance = Number((slo.errorBudget * allowanceInBudgets).toFixed(8));
      return { name: slo.name, slo, objective: Number((1 - allowance).toFixed(8)), allowance };
    });
}

/** The levels that have an SLA, ascending. */
export const levelsWithSlas = (): readonly number[] =>
  levels.map((level) => level.number).filter((level) => slasOf(level).length > 0);
