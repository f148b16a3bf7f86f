import type { Severity } from '../windows.ts';

/** How fast the budget burns over one window; 1 spends it exactly in the period. */
export interface WindowBurn {
  readonly window: string;
  /** `null` while nobody asks anything: 0/0 is no ratio. */
  readonly burnRate: number | null;
}

/** The budget of the clock's period, in events. */
export interface BudgetStatus {
  readonly period: string;
  /** Requests that counted. */
  readonly events: number;
  /** Of them, those that only the lab's quiet history has. */
  readonly syntheticEvents: number;
  readonly badEvents: number;
  /** As many as the objective allows of these events. */
  readonly allowedEvents: number;
  /** Below 0 when overspent. */
  readonly remainingEvents: number;
  /** Of what is allowed; 1 when nothing was asked. */
  readonly remainingRatio: number;
  /** What the bad events are of 30 days at the level's declared load. */
  readonly percentOf30d: number;
}

export interface SloStatus {
  readonly name: string;
  /** A ratio. */
  readonly objective: number;
  /** The share of good requests in the shortest window; `null` while nobody asks. */
  readonly sli: number | null;
  /** Each window once, from the shortest. */
  readonly burn: readonly WindowBurn[];
  readonly budget: BudgetStatus;
  readonly firing: readonly Severity[];
}

/** What `pnpm slo status --json` prints of a level. */
export interface LevelStatus {
  readonly level: number;
  readonly service: string;
  readonly clock: string;
  readonly at: string;
  readonly slos: readonly SloStatus[];
  /** The names of the alerts that fire and are no SLO's. */
  readonly otherFiring: readonly string[];
}
