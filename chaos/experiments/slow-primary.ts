import { mayLogDatabaseErrors, mayPage, mayTicket, mayWaitUnready, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { browsingGoesOn, slowIsNotFailed } from './forbidden.ts';
import { fails, keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

const late = (edge: string, durationMs: number): Experiment['timeline'] => [
  {
    durationMs,
    fault: 'latency',
    // A checkout makes 6 round trips; three of them bring two answers, of which the later one counts. Their sum (mean 402 ms,
    // deviation 88) and the shop's own 30 ms cross 0.5 s in about one of five. The wide jitter keeps that share from
    // hanging on a few milliseconds of the machine's own.
    params: { latencyMs: 55, jitterMs: 66 },
    on: { edges: [edge] },
  },
];

const checkoutPage = { alert: 'CheckoutAvailability', severity: 'page', withinMs: 20_000 } as const;
/** What a transaction holds for so long is missing to the others. */
const runsDry = [
  mayPage('CheckoutLatency', 'who is served before the pool is dry is served late'),
  mayTicket('PoolSaturation', 'that is what happens'),
  mayWaitUnready,
  mayLogDatabaseErrors,
];
/** Beside standbys only what asks the primary waits for its pool. */
const readsGoOn = {
  hypothesis:
    'A pool of twelve is too small for answers so late: it runs dry and nearly nobody can buy, while the standbys serve the catalogue.',
  impact: { 'checkout-availability': 0.9 },
  alerts: {
    expected: [checkoutPage],
    forbidden: [...browsingGoesOn],
    allowed: [
      ...ticketsOf('CheckoutAvailability', 'CheckoutLatency'),
      mayTicket('ReplicationLag', 'the beat that the standbys are measured by waits for the pool, too'),
      ...runsDry,
    ],
  },
  hypotheses: [...wellBefore, fails('checkout', 0.5), keepsServing('browse', 0.05), ...wellAfter],
} satisfies Partial<Experiment>;

export default {
  name: 'slow-primary',
  levels: [1, 2, 3, 4],
  title: 'A database that answers late',
  hypothesis:
    'About one checkout in five becomes slower than 0.5 s: nothing fails, and the latency page still comes.',
  timeline: late('api-1:pg-1', 100_000),
  impact: { 'checkout-latency': 0.22 },
  alerts: {
    // At 2 checkouts a second the crossing of θ is a matter of luck: a random 22 % was seen anywhere from 0.7 to 2 times theory.
    expected: [{ alert: 'CheckoutLatency', severity: 'page', withinMs: 95_000 }],
    forbidden: [...slowIsNotFailed],
    allowed: [
      { alert: 'CheckoutLatency', severity: 'ticket', reason: 'the page inhibits it until it resolves' },
      mayLogDatabaseErrors,
      { alert: 'BrowseLatency', severity: 'page', reason: 'a search near its 0.25 s may cross it' },
      { alert: 'BrowseLatency', severity: 'ticket', reason: 'a search near its 0.25 s may cross it' },
    ],
  },
  hypotheses: [
    { phase: 'control', operation: 'checkout', measure: 'p99Ms', atMost: 500 },
    { phase: 'fault', operation: 'checkout', measure: 'errorRatio', atMost: 0.02 },
    { phase: 'fault', operation: 'checkout', measure: 'p99Ms', atLeast: 500 },
    { phase: 'recovered', operation: 'checkout', measure: 'p99Ms', atMost: 500 },
  ],
  byLevel: {
    // A transaction keeps its connection of the pool: 50 requests a second would keep more than there are.
    2: {
      hypothesis:
        'A pool of twelve is too small for answers so late: it runs dry, and the shop answers "busy" until they are quick again.',
      timeline: late('pgbouncer-1:pg-1', 25_000),
      impact: { 'checkout-availability': 0.9, 'browse-availability': 0.8 },
      alerts: {
        expected: [checkoutPage, { ...checkoutPage, alert: 'BrowseAvailability' }],
        allowed: [
          ...ticketsOf('CheckoutAvailability', 'BrowseAvailability', 'CheckoutLatency', 'BrowseLatency'),
          mayPage('BrowseLatency', 'who is served before the pool is dry is served late'),
          ...runsDry,
        ],
      },
      hypotheses: [...wellBefore, fails('checkout', 0.5), fails('browse', 0.5), ...wellAfter],
    },
    3: { ...readsGoOn, timeline: late('pgbouncer-1:pg-1', 25_000) },
    4: { ...readsGoOn, timeline: late('router-1:pg-1', 25_000) },
  },
} satisfies Experiment;
