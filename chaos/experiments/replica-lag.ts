import { mayTicket, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { nobodyIsHurt, slowIsNotFailed } from './forbidden.ts';
import { keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

const replication = ['pg-2:pg-1', 'pg-3:pg-1'];

export default {
  name: 'replica-lag',
  levels: [3, 4],
  title: 'WAL reaches the standbys on a thin line',
  hypothesis:
    'The standbys fall behind without end; reads turn to the primary after 2 s of it, users feel nothing, a ticket tells.',
  timeline: [
    {
      durationMs: 30_000,
      fault: 'bandwidth',
      // A message of WAL has up to 128 KB: at this rate it does not arrive within wal_receiver_timeout.
      params: { kilobytesPerSecond: 8 },
      on: { edges: replication },
    },
  ],
  impact: {},
  alerts: {
    // A few seconds until the line is full, then the beat is older than 5 s for 5 s.
    expected: [{ alert: 'ReplicationLag', severity: 'ticket', afterMs: 12_000, withinMs: 25_000 }],
    forbidden: [...nobodyIsHurt],
    allowed: [mayTicket('BrowseLatency', 'the first reads wait until a standby is found stale')],
  },
  hypotheses: [...wellBefore, keepsServing('checkout', 0.02), keepsServing('browse', 0.02), ...wellAfter],
  byLevel: {
    4: {
      title: 'WAL reaches the standbys 0.3 s late',
      hypothesis:
        'No commit is told before a standby has it: what was lag at level 3 is latency here. Every checkout is slower than 0.5 s, and none fails.',
      timeline: [
        { durationMs: 25_000, fault: 'latency', params: { latencyMs: 300 }, on: { edges: replication } },
      ],
      impact: { 'checkout-latency': 1 },
      alerts: {
        expected: [{ alert: 'CheckoutLatency', severity: 'page', withinMs: 16_000 }],
        forbidden: [...slowIsNotFailed],
        allowed: ticketsOf('CheckoutLatency'),
      },
      hypotheses: [
        ...wellBefore,
        keepsServing('checkout', 0.02),
        { phase: 'fault', operation: 'checkout', measure: 'p99Ms', atLeast: 600, atMost: 2000 },
        { phase: 'fault', operation: 'browse', measure: 'p99Ms', atMost: 250 },
        ...wellAfter,
      ],
    },
  },
  variants: {
    steady: {
      levels: [3],
      title: 'WAL reaches the standbys 2.4 s late',
      hypothesis:
        'Both standbys are 2.4 s behind, more than a read may be: all reads turn to the primary, and nothing fires.',
      // Longer than 3 s, and wal_sender_timeout would cut the line.
      timeline: [
        { durationMs: 25_000, fault: 'latency', params: { latencyMs: 2400 }, on: { edges: replication } },
      ],
      alerts: { expected: [], forbidden: [...nobodyIsHurt] },
    },
  },
} satisfies Experiment;
