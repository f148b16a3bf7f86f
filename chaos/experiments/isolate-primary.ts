import { mayLogDatabaseErrors, mayPage, mayTicket } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

export default {
  name: 'isolate-primary',
  levels: [3],
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
  variants: {
    promoted: {
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
      hypotheses: [
        ...wellBefore,
        { phase: 'mitigated', operation: 'checkout', measure: 'errorRatio', atMost: 0.05 },
        ...wellAfter,
      ],
    },
  },
} satisfies Experiment;
