import { ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { browsingGoesOn } from './forbidden.ts';
import { fails, keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

export default {
  name: 'expired-key',
  levels: [1, 2, 3, 4],
  title: 'The shop’s key at the payment provider expires',
  hypothesis:
    'No checkout succeeds though every part is up and answers; the rest of the shop goes on, and nobody pays twice.',
  timeline: [{ durationMs: 20_000, fault: 'expire', on: { nodes: ['payment-1'] } }],
  impact: { 'checkout-availability': 1 },
  alerts: {
    expected: [{ alert: 'CheckoutAvailability', severity: 'page', withinMs: 16_000 }],
    forbidden: [...browsingGoesOn],
    allowed: ticketsOf('CheckoutAvailability'),
  },
  hypotheses: [...wellBefore, fails('checkout', 0.9), keepsServing('browse', 0.02), ...wellAfter],
} satisfies Experiment;
