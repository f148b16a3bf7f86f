import type { Experiment } from '@firedrill/chaos';

/** What a restart loop of the provider looks like from the shop. */
const away = (atMs: number, durationMs: number) => ({
  atMs,
  durationMs,
  fault: 'refuse',
  on: { edges: ['api-1:payment-1'] },
});

export default {
  name: 'payment-comes-and-goes',
  title: 'The payment provider refuses for 2 s, three times',
  hypothesis: 'A checkout that meets a refusal fails at once and can be tried again; looking goes on.',
  timeline: [0, 8000, 16_000].map((atMs) => away(atMs, 2000)),
  impact: { 'checkout-availability': 0.33 },
  alerts: {
    expected: [],
    allowed: (['page', 'ticket'] as const).map((severity) => ({
      alert: 'CheckoutAvailability',
      severity,
      reason: 'a third of the checkouts fails for a while: near what pages',
    })),
  },
  hypotheses: [
    { phase: 'control', operation: 'checkout', measure: 'errorRatio', atMost: 0.01 },
    { phase: 'fault', operation: 'browse', measure: 'errorRatio', atMost: 0.02 },
    { phase: 'recovered', operation: 'checkout', measure: 'errorRatio', atMost: 0.05 },
  ],
} satisfies Experiment;
