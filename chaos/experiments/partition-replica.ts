import { mayLogDatabaseErrors, mayTicket } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

export default {
  name: 'partition-replica',
  levels: [3],
  title: 'One of two standbys behind a black hole',
  hypothesis: 'Reads go to the other standby and to the primary: hardly anybody feels it.',
  timeline: [{ durationMs: 25_000, fault: 'drop', on: { between: [{ role: 'user' }, { nodes: ['pg-2'] }] } }],
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
} satisfies Experiment;
