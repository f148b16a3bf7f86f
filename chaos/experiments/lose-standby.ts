import type { Experiment } from './experiment.ts';
import { mayComeWithFailover } from './failover.ts';
import { nobodyIsHurt } from './forbidden.ts';
import { keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

export default {
  name: 'lose-standby',
  levels: [4],
  title: 'The standby that confirms every commit dies',
  hypothesis:
    'The leader sees its line end at once and names the other one within a second: a few checkouts fail or wait, none is lost.',
  timeline: [{ durationMs: 30_000, fault: 'kill', on: { nodes: ['pg-2'] } }],
  impact: {},
  alerts: {
    expected: [{ alert: 'StandbyMissing', severity: 'ticket', afterMs: 11_000, withinMs: 22_000 }],
    forbidden: [...nobodyIsHurt],
    allowed: mayComeWithFailover('StandbyMissing'),
  },
  hypotheses: [...wellBefore, keepsServing('checkout', 0.1), keepsServing('browse', 0.02), ...wellAfter],
} satisfies Experiment;
