import { mayLogDatabaseErrors, mayTicket } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { mayComeWithFailover } from './failover.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { keepsServing, servesAgain, wellAfter, wellBefore } from './hypotheses.ts';

const cut = (server: string): Experiment['timeline'] => [
  { durationMs: 25_000, fault: 'drop', on: { between: [{ role: 'user' }, { nodes: [server] }] } },
];

export default {
  name: 'partition-replica',
  levels: [3, 4],
  title: 'One of two standbys behind a black hole',
  hypothesis: 'Reads go to the other standby and to the primary: hardly anybody feels it.',
  timeline: cut('pg-2'),
  impact: {},
  alerts: {
    expected: [],
    forbidden: [...nobodyIsHurt],
    allowed: [
      mayTicket('ReplicationLag', 'the cut standby gets older, if anybody can still ask it'),
      mayLogDatabaseErrors,
      mayTicket('PoolSaturation', 'who waits for the cut standby waits in the pool'),
      mayTicket('BrowseLatency', 'reads that had begun on the cut standby wait for their deadline'),
    ],
  },
  hypotheses: [...wellBefore, keepsServing('checkout', 0.02), keepsServing('browse', 0.05), ...wellAfter],
  byLevel: {
    4: {
      title: 'The standby that confirms every commit behind a black hole',
      hypothesis:
        'Every commit waits until the leader misses it, some 4 s, and names the other one; that pages, and is over before anybody comes.',
      recoversMs: 10_000,
      impact: { 'checkout-availability': { ratio: 1, forMs: 4_000 } },
      alerts: {
        expected: [
          { alert: 'CheckoutAvailability', severity: 'page', withinMs: 12_000 },
          { alert: 'StandbyMissing', severity: 'ticket', afterMs: 14_000, withinMs: 24_000 },
        ],
        allowed: mayComeWithFailover('StandbyMissing'),
      },
      hypotheses: [...wellBefore, servesAgain('checkout'), keepsServing('browse', 0.05), ...wellAfter],
    },
  },
  variants: {
    asynchronous: {
      levels: [4],
      title: 'The standby that nobody waits for behind a black hole',
      hypothesis: 'Reads go to the other servers and no commit waited for it: hardly anybody feels it.',
      timeline: cut('pg-3'),
      impact: {},
      alerts: {
        expected: [{ alert: 'StandbyMissing', severity: 'ticket', afterMs: 14_000, withinMs: 24_000 }],
        forbidden: [...nobodyIsHurt],
        allowed: mayComeWithFailover('StandbyMissing'),
      },
      hypotheses: [...wellBefore, keepsServing('checkout', 0.02), keepsServing('browse', 0.02), ...wellAfter],
    },
  },
} satisfies Experiment;
