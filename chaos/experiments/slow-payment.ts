import { ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { slowIsNotFailed } from './forbidden.ts';
import { keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

export default {
  name: 'slow-payment',
  levels: [1, 2, 3, 4],
  title: 'A payment provider that takes 0.8 s longer',
  hypothesis: 'Every checkout becomes slower than 0.5 s and none fails; who only looks feels nothing.',
  timeline: [
    {
      durationMs: 20_000,
      fault: 'latency',
      params: { latencyMs: 800, jitterMs: 50 },
      on: { between: [{ role: 'user' }, { nodes: ['payment-1'] }] },
    },
  ],
  impact: { 'checkout-latency': 1 },
  alerts: {
    expected: [{ alert: 'CheckoutLatency', severity: 'page', withinMs: 16_000 }],
    forbidden: [...slowIsNotFailed],
    allowed: ticketsOf('CheckoutLatency'),
  },
  hypotheses: [
    ...wellBefore,
    keepsServing('checkout', 0.02),
    { phase: 'fault', operation: 'checkout', measure: 'p99Ms', atLeast: 800, atMost: 1500 },
    { phase: 'fault', operation: 'browse', measure: 'p99Ms', atMost: 250 },
    ...wellAfter,
  ],
} satisfies Experiment;
