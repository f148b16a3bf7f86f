import { mayLogDatabaseErrors } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { slowIsNotFailed } from './forbidden.ts';

const late = (edge: string): Experiment['timeline'] => [
  {
    durationMs: 100_000,
    fault: 'latency',
    // A checkout makes 7 round trips; three of them bring two answers, of which the later one counts. Their sum (mean 407 ms,
    // deviation 90) and the shop's own 23 ms cross 0.5 s in about one of five. The wide jitter keeps that share from
    // hanging on a few milliseconds of the machine's own.
    params: { latencyMs: 48, jitterMs: 66 },
    on: { edges: [edge] },
  },
];

export default {
  name: 'slow-primary',
  levels: [1, 2, 3, 4],
  title: 'A database that answers late',
  hypothesis:
    'About one checkout in five becomes slower than 0.5 s: nothing fails, and the latency page still comes.',
  timeline: late('api-1:pg-1'),
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
    2: { timeline: late('pgbouncer-1:pg-1') },
    3: { timeline: late('pgbouncer-1:pg-1') },
    4: { timeline: late('router-1:pg-1') },
  },
} satisfies Experiment;
