import { mayBeUnready, mayLogDatabaseErrors, mayTicket, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { browsingGoesOn } from './forbidden.ts';
import { fails, keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

const cuts = (cutMs: number, everyMs: number, times: number): Experiment['timeline'] =>
  Array.from({ length: times }, (_, index) => ({
    atMs: index * everyMs,
    durationMs: cutMs,
    fault: 'drop',
    on: { between: [{ role: 'user' }, { nodes: ['pg-1'] }] },
  }));
const allowed = [
  ...ticketsOf('CheckoutAvailability', 'BrowseAvailability'),
  mayTicket('CheckoutLatency', 'who waited through a cut is answered late'),
  mayTicket('BrowseLatency', 'who waited through a cut is answered late'),
  mayBeUnready,
  mayLogDatabaseErrors,
  mayTicket('PoolSaturation', 'who waits for the cut server waits in the pool'),
];

export default {
  name: 'flapping-network',
  levels: [1, 2, 3, 4],
  title: 'The line to the database comes and goes',
  hypothesis:
    'Each cut of 3 s stops the shop and each return brings it back; together they page like half an outage.',
  timeline: cuts(3000, 7000, 4),
  impact: { 'checkout-availability': 0.5, 'browse-availability': 0.5 },
  alerts: {
    expected: [
      { alert: 'CheckoutAvailability', severity: 'page', withinMs: 30_000 },
      { alert: 'BrowseAvailability', severity: 'page', withinMs: 24_000 },
    ],
    allowed,
  },
  hypotheses: [...wellBefore, fails('checkout', 0.25), ...wellAfter],
  byLevel: {
    3: {
      hypothesis:
        'Each cut of 3 s stops the writes and each return brings them back; the catalogue is served on.',
      impact: { 'checkout-availability': 0.5 },
      alerts: {
        expected: [{ alert: 'CheckoutAvailability', severity: 'page', withinMs: 24_000 }],
        forbidden: [...browsingGoesOn],
        allowed,
      },
      hypotheses: [...wellBefore, fails('checkout', 0.25), keepsServing('browse', 0.05), ...wellAfter],
    },
    4: {
      title: 'The line to the leader comes and goes',
      hypothesis:
        'Each cut of 1.5 s stops the writes and each return brings them back; it is too short for the leader to lose its place.',
      timeline: cuts(1500, 6000, 4),
      impact: { 'checkout-availability': 0.4 },
      alerts: {
        expected: [{ alert: 'CheckoutAvailability', severity: 'page', withinMs: 24_000 }],
        forbidden: [
          { alert: 'LeaderChanged', severity: 'ticket', reason: 'a leader that comes back keeps its place' },
        ],
        allowed: [...allowed, mayTicket('StandbyMissing', 'a cut line has to be opened anew')],
      },
      hypotheses: [...wellBefore, fails('checkout', 0.15), keepsServing('browse', 0.05), ...wellAfter],
    },
  },
} satisfies Experiment;
