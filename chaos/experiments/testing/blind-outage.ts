import { mayLogDatabaseErrors, ticketsOf } from '../allowed.ts';
import type { Experiment } from '../experiment.ts';
import { fails, wellAfter, wellBefore } from '../hypotheses.ts';

/** The worst of nights: users are hurt while Prometheus is dead. It expects what would come if it lived. For tests. */
export default {
  name: 'blind-outage',
  title: 'The database is away while Prometheus is dead',
  hypothesis: 'A page that nobody could send must not be taken for one that nobody had to send.',
  controlMs: 15_000,
  recoveryMs: 10_000,
  timeline: [
    { durationMs: 35_000, fault: 'kill', on: { nodes: ['prometheus-1'] } },
    { atMs: 5_000, durationMs: 20_000, fault: 'drop', on: { edges: ['api-1:pg-1'] } },
  ],
  impact: { 'checkout-availability': 1 },
  alerts: {
    expected: [{ alert: 'CheckoutAvailability', severity: 'page', withinMs: 25_000 }],
    allowed: [...ticketsOf('CheckoutAvailability', 'BrowseAvailability'), mayLogDatabaseErrors],
  },
  hypotheses: [...wellBefore, fails('checkout', 0.4), ...wellAfter],
} satisfies Experiment;
