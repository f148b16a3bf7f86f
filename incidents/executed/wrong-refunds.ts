import type { Experiment } from '@firedrill/chaos';

/** No experiment of its own right: whatever anybody does, the books are wrong afterwards. */
export const wrongRefunds = {
  name: 'wrong-refunds',
  levels: [1],
  title: 'A release goes out that gives back less than the books say',
  hypothesis:
    'Nobody is turned away; from the first cancellation on, orders and money disagree, and that pages.',
  timeline: [
    { durationMs: 60_000, fault: 'bad-release', params: { release: '2026.50' }, on: { nodes: ['api-1'] } },
  ],
  impact: {},
  alerts: {
    // The first refund, then two comparisons of 5 s.
    expected: [{ alert: 'ReconcilerMismatch', severity: 'page', afterMs: 15_000, withinMs: 55_000 }],
  },
  hypotheses: [
    { phase: 'control', operation: 'checkout', measure: 'errorRatio', atMost: 0.01 },
    { phase: 'recovered', operation: 'checkout', measure: 'errorRatio', atMost: 0.05 },
  ],
} satisfies Experiment;
