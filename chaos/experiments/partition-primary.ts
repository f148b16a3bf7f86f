import { mayBeUnready, mayLogDatabaseErrors, mayTicket, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { replacedByItself, replacedFast } from './failover.ts';
import { browsingGoesOn } from './forbidden.ts';
import { fails, keepsServing, servesAgain, wellAfter, wellBefore } from './hypotheses.ts';

const cut = (fault: string, durationMs = 20_000): Experiment['timeline'][number] => ({
  durationMs,
  fault,
  on: { between: [{ role: 'user' }, { nodes: ['pg-1'] }] },
});

const allowed = [
  ...ticketsOf('CheckoutAvailability', 'BrowseAvailability'),
  mayBeUnready,
  mayLogDatabaseErrors,
  mayTicket('PoolSaturation', 'who waits for the cut server waits in the pool'),
  mayTicket('ReplicationLag', 'the standbys are on the other side'),
];

export default {
  name: 'partition-primary',
  levels: [1, 2, 3, 4],
  title: 'The database behind a black hole',
  hypothesis:
    'With its one database out of reach the whole shop stops; it comes back by itself and no order is lost.',
  timeline: [cut('drop')],
  impact: { 'checkout-availability': 1, 'browse-availability': 1 },
  alerts: {
    expected: [
      { alert: 'CheckoutAvailability', severity: 'page', withinMs: 16_000 },
      { alert: 'BrowseAvailability', severity: 'page', withinMs: 12_000 },
    ],
    allowed,
  },
  hypotheses: [...wellBefore, fails('checkout', 0.9), ...wellAfter],
  byLevel: {
    3: {
      hypothesis:
        'Nothing can be bought until the line is back; the catalogue is served on, stale, by the standbys.',
      impact: { 'checkout-availability': 1 },
      alerts: {
        expected: [{ alert: 'CheckoutAvailability', severity: 'page', withinMs: 12_000 }],
        forbidden: [...browsingGoesOn],
        allowed,
      },
      hypotheses: [...wellBefore, fails('checkout', 0.9), keepsServing('browse', 0.05), ...wellAfter],
    },
    4: {
      ...replacedByItself,
      hypothesis:
        'Nobody hears the leader, and it gives up its place; the synchronous standby takes it about 20 s later, and the catalogue is served on.',
      timeline: [cut('drop', 45_000)],
      hypotheses: [...wellBefore, servesAgain('checkout'), keepsServing('browse', 0.05), ...wellAfter],
    },
  },
  variants: {
    stall: {
      title: 'The database behind a line that holds every byte',
      hypothesis:
        'Held bytes arrive after their senders gave up; late commits must not charge or sell twice.',
      timeline: [cut('stall')],
      byLevel: { 4: { timeline: [cut('stall', 45_000)] } },
    },
    refuse: {
      levels: [4],
      title: 'The leader behind a line that refuses',
      timeline: [cut('refuse', 45_000)],
    },
    fast: { ...replacedFast, levels: [4], timeline: [cut('drop', 30_000)] },
    'refuse-fast': {
      ...replacedFast,
      levels: [4],
      title: 'The leader behind a line that refuses',
      timeline: [cut('refuse', 30_000)],
    },
  },
} satisfies Experiment;
