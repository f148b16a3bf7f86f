import type { Experiment } from './experiment.ts';
import { mayComeWithFailover } from './failover.ts';
import { keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

/** Who leads is killed, comes back as a standby, and then its successor is. By their priorities it is known who that is. */
const storm = (everyMs: number, downMs: number): Experiment['timeline'] =>
  ['pg-1', 'pg-2', 'pg-1'].map((node, index) => ({
    atMs: index * everyMs,
    durationMs: downMs,
    fault: 'kill',
    on: { nodes: [node] },
  }));

export default {
  name: 'failover-storm',
  levels: [4],
  title: 'Three leaders one after the other are killed',
  hypothesis:
    'Each time a standby takes over that has all that was acknowledged, and the one before comes back behind it: three outages of 20 s, and no order lost.',
  timeline: storm(50_000, 30_000),
  recoveryMs: 40_000,
  impact: { 'checkout-availability': 0.5 },
  alerts: {
    expected: [
      { alert: 'CheckoutAvailability', severity: 'page', withinMs: 12_000 },
      { alert: 'LeaderChanged', severity: 'ticket', afterMs: 22_000, withinMs: 36_000 },
    ],
    allowed: mayComeWithFailover('LeaderChanged'),
  },
  hypotheses: [...wellBefore, keepsServing('browse', 0.05), ...wellAfter],
  variants: {
    fast: {
      timers: 'fast',
      hypothesis: 'With timers below what Patroni supports these are three outages of 6 s.',
      timeline: storm(35_000, 15_000),
      impact: { 'checkout-availability': 0.2 },
    },
  },
} satisfies Experiment;
