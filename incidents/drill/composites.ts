import type { Experiment } from '@firedrill/chaos';

/** Every alert that is not expected is allowed in a drill (executed/scenario-plan.ts), and durations are the drill's. */
const durationMs = 60_000;
const page = { alert: 'CheckoutAvailability', severity: 'page' } as const;
const well: NonNullable<Experiment['hypotheses']> = [
  { phase: 'control', operation: 'checkout', measure: 'errorRatio', atMost: 0.01 },
  { phase: 'recovered', operation: 'checkout', measure: 'errorRatio', atMost: 0.05 },
];

/** Two that hide each other: with either of them nobody can buy. */
export const twoAtOnce = {
  name: 'two-at-once',
  levels: [1],
  title: 'The only API process dies, and the key at the payment provider has expired',
  hypothesis: 'Who starts the API finds that still nobody can buy.',
  timeline: [
    { durationMs, fault: 'expire', on: { nodes: ['payment-1'] } },
    // After some have been told that the key is refused.
    { atMs: 5000, durationMs, fault: 'kill', on: { nodes: ['api-1'] } },
  ],
  impact: { 'checkout-availability': 1, 'browse-availability': 1 },
  alerts: { expected: [{ ...page, withinMs: 20_000 }] },
  hypotheses: well,
} satisfies Experiment;

/** What is down and told of by a ticket hurts nobody; what hurts is up. */
export const misleadingAlert = {
  name: 'misleading-alert',
  levels: [1],
  title: 'Loki dies, and the payment provider turns half of the payments away',
  hypothesis: 'A ticket names a part that is down. The users are hurt by one that is up.',
  timeline: [
    { durationMs, fault: 'kill', on: { nodes: ['loki-1'] } },
    { durationMs, fault: 'fail', params: { ratio: 0.5 }, on: { nodes: ['payment-1'] } },
  ],
  impact: { 'checkout-availability': 0.5 },
  blind: ['log-rules'],
  alerts: { expected: [{ ...page, withinMs: 40_000 }] },
  hypotheses: well,
} satisfies Experiment;

/** Nobody is hurt at first, and then everybody. */
export const slowLeak = {
  name: 'slow-leak',
  levels: [2],
  title: 'A leak takes the connections of the pool, one after the other, over a minute',
  hypothesis:
    'For most of a minute the users feel nothing; when the last connection is gone nobody is served.',
  timeline: [
    {
      durationMs,
      fault: 'hog',
      // PgBouncer's default_pool_size in the lab.
      params: { connections: 12, overMs: 60_000 },
      on: { edges: ['api-1:pgbouncer-1'] },
    },
  ],
  impact: { 'checkout-availability': 1 },
  alerts: { expected: [{ ...page, withinMs: 100_000 }] },
  hypotheses: well,
} satisfies Experiment;
