import { mayTicket, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { browsingGoesOn } from './forbidden.ts';
import { fails, keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

export default {
  name: 'lose-payment',
  levels: [1, 2, 3, 4],
  title: 'The payment provider dies',
  hypothesis:
    'No checkout succeeds, the rest of the shop goes on; held orders are finished or given up afterwards, and nobody pays twice.',
  timeline: [{ durationMs: 20_000, fault: 'kill', on: { nodes: ['payment-1'] } }],
  impact: { 'checkout-availability': 1 },
  alerts: {
    expected: [{ alert: 'CheckoutAvailability', severity: 'page', withinMs: 16_000 }],
    forbidden: [...browsingGoesOn],
    allowed: [
      ...ticketsOf('CheckoutAvailability'),
      mayTicket('ComponentDown', 'the killed process is not scraped'),
      mayTicket('ProbeFailing', 'the killed process answers no probe'),
    ],
  },
  hypotheses: [...wellBefore, fails('checkout', 0.9), keepsServing('browse', 0.02), ...wellAfter],
} satisfies Experiment;
