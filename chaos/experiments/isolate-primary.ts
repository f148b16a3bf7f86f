import { mayLogDatabaseErrors, mayPage, mayTicket } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { replacedByItself, replacedFast } from './failover.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { keepsServing, servesAgain, wellAfter, wellBefore } from './hypotheses.ts';

/** From the others that decide, and not from those that ask. */
const cutOff = (durationMs: number): Experiment['timeline'] => [
  {
    durationMs,
    fault: 'drop',
    on: { between: [{ nodes: ['pg-2', 'pg-3', 'etcd-1', 'etcd-2', 'etcd-3'] }, { nodes: ['pg-1'] }] },
  },
];

export default {
  name: 'isolate-primary',
  levels: [3, 4],
  title: 'The primary loses its standbys and keeps its clients',
  hypothesis:
    'Users feel nothing: reads turn to the primary once the standbys are stale. Only a ticket tells that a promotion would now lose orders.',
  timeline: [
    {
      durationMs: 30_000,
      fault: 'drop',
      on: { between: [{ nodes: ['pg-2', 'pg-3'] }, { nodes: ['pg-1'] }] },
    },
  ],
  impact: {},
  alerts: {
    // The beat is older than 5 s for 5 s.
    expected: [{ alert: 'ReplicationLag', severity: 'ticket', afterMs: 10_500, withinMs: 18_000 }],
    forbidden: [...nobodyIsHurt],
    allowed: [
      mayTicket('BrowseLatency', 'the first reads wait until a standby is found stale'),
      mayLogDatabaseErrors,
    ],
  },
  hypotheses: [...wellBefore, keepsServing('checkout', 0.02), keepsServing('browse', 0.02), ...wellAfter],
  byLevel: {
    4: {
      ...replacedByItself,
      title: 'The leader loses etcd and its standbys, and keeps its clients',
      hypothesis:
        'It can promise nothing any more and gives up its place; a standby takes it 20 s later. Whoever still holds a line to the old one is told nothing that would not stand.',
      timeline: cutOff(45_000),
      hypotheses: [...wellBefore, servesAgain('checkout'), ...wellAfter],
    },
  },
  variants: {
    fast: {
      ...replacedFast,
      levels: [4],
      hypothesis: 'With timers below what Patroni supports a standby takes over after about 6 s.',
      timeline: cutOff(30_000),
    },
    promoted: {
      levels: [3],
      title: 'The primary loses its standbys, and one of them is promoted all the same',
      hypothesis:
        'What was acknowledged since the cut is lost with the old primary: the price of a promotion without looking at the lag, counted as lost-in-promise.',
      operator: [{ atMs: 12_000, lever: 'promote', node: 'pg-2' }],
      recoveryMs: 45_000,
      alerts: {
        expected: [{ alert: 'ReplicationLag', severity: 'ticket', afterMs: 10_500, withinMs: 18_000 }],
        allowed: [
          mayPage(
            'ReconcilerMismatch',
            'the provider has the money of the lost orders until it is given back',
          ),
          mayPage('CheckoutAvailability', 'writes stop for the moment of the promotion'),
          mayTicket('CheckoutAvailability', 'writes stop for the moment of the promotion'),
          mayPage('BrowseAvailability', 'reads that had turned to the primary wait for its successor'),
          mayTicket('BrowseAvailability', 'reads that had turned to the primary wait for its successor'),
          mayTicket('ComponentDown', 'the old primary is fenced'),
          mayLogDatabaseErrors,
          mayTicket('PostgresFatal', 'a standby says so when it finds itself on the wrong timeline'),
          mayTicket('PoolSaturation', 'who waits for the fenced server waits in the pool'),
        ],
      },
      hypotheses: [...wellBefore, servesAgain('checkout'), ...wellAfter],
    },
  },
} satisfies Experiment;
