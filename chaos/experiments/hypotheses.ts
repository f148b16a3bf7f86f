import type { Experiment } from './experiment.ts';

type Hypothesis = Experiment['hypotheses'][number];

/** Before the fault nobody feels anything. */
export const wellBefore: readonly Hypothesis[] = [
  { phase: 'control', operation: 'checkout', measure: 'errorRatio', atMost: 0.01 },
  { phase: 'control', operation: 'checkout', measure: 'p99Ms', atMost: 500 },
];

/** After the heal checkouts are answered again, by themselves. */
export const wellAfter: readonly Hypothesis[] = [
  { phase: 'recovered', operation: 'checkout', measure: 'errorRatio', atMost: 0.05 },
];

/** Somebody or something has helped while the fault is still in: nearly all are answered again. */
export const servesAgain = (operation: string): Hypothesis => ({
  phase: 'mitigated',
  operation,
  measure: 'errorRatio',
  atMost: 0.05,
});

/** While the fault is in, of an operation's requests at least this share fails. */
export const fails = (operation: string, atLeast: number): Hypothesis => ({
  phase: 'fault',
  operation,
  measure: 'errorRatio',
  atLeast,
});

/** While the fault is in, of an operation's requests at most this share fails. */
export const keepsServing = (operation: string, atMost: number): Hypothesis => ({
  phase: 'fault',
  operation,
  measure: 'errorRatio',
  atMost,
});

/** Nobody feels anything, at any time: what breaks is no part of the shop. */
export const neverFelt: readonly Hypothesis[] = [
  ...wellBefore,
  keepsServing('checkout', 0.01),
  keepsServing('browse', 0.01),
  ...wellAfter,
];
