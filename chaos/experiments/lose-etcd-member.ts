import type { Experiment } from './experiment.ts';
import { mayComeWithFailover } from './failover.ts';
import { browsingGoesOn, nobodyIsHurt } from './forbidden.ts';
import { keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

const kill = (...nodes: string[]): Experiment['timeline'] => [
  { durationMs: 30_000, fault: 'kill', on: { nodes } },
];
// Two scrapes without an answer, then 5 s.
const memberDown = { alert: 'EtcdMemberDown', severity: 'ticket', afterMs: 7_000, withinMs: 15_000 } as const;

export default {
  name: 'lose-etcd-member',
  levels: [4],
  title: 'One of three etcd members dies',
  hypothesis:
    'The two others agree without it, and Patroni asks them: users feel nothing. A ticket tells that nothing more may go.',
  timeline: kill('etcd-2'),
  impact: {},
  alerts: {
    expected: [memberDown],
    forbidden: [
      ...nobodyIsHurt,
      { alert: 'LeaderChanged', severity: 'ticket', reason: 'two members are enough to keep the leader' },
    ],
  },
  hypotheses: [...wellBefore, keepsServing('checkout', 0.02), keepsServing('browse', 0.01), ...wellAfter],
  variants: {
    quorum: {
      title: 'Two of three etcd members die',
      hypothesis:
        'Nobody can say any more who leads, so the leader gives up its place rather than lead beside another: writes stop, reads go on.',
      timeline: kill('etcd-2', 'etcd-3'),
      impact: { 'checkout-availability': { ratio: 1, forMs: 24_000 } },
      alerts: {
        expected: [
          { alert: 'EtcdNoLeader', severity: 'ticket', afterMs: 5_000, withinMs: 15_000 },
          memberDown,
          { alert: 'CheckoutAvailability', severity: 'page', withinMs: 20_000 },
          { alert: 'DatabaseNoLeader', severity: 'ticket', afterMs: 12_000, withinMs: 24_000 },
        ],
        forbidden: [...browsingGoesOn],
        allowed: mayComeWithFailover('DatabaseNoLeader'),
      },
      hypotheses: [...wellBefore, keepsServing('browse', 0.05), ...wellAfter],
    },
  },
} satisfies Experiment;
