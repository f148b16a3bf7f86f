import { mayBeUnready, mayLogDatabaseErrors, mayPage, mayTicket, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { replacedByItself, replacedFast } from './failover.ts';
import { browsingGoesOn } from './forbidden.ts';
import { fails, keepsServing, servesAgain, wellAfter, wellBefore } from './hypotheses.ts';

const kill = (durationMs: number): Experiment['timeline'] => [
  { durationMs, fault: 'kill', on: { nodes: ['pg-1'] } },
];
const allowed = [
  ...ticketsOf('CheckoutAvailability', 'BrowseAvailability'),
  mayTicket('ComponentDown', 'the exporter of the dead server says so'),
  mayBeUnready,
  mayLogDatabaseErrors,
  mayTicket('PostgresFatal', 'the sessions of the dead server say so with their last words'),
  mayTicket('PoolSaturation', 'who waits for the dead server waits in the pool'),
  mayTicket('ReplicationLag', 'nobody writes the beat that the standbys are measured by'),
];
const checkoutPage = { alert: 'CheckoutAvailability', severity: 'page', withinMs: 12_000 } as const;

export default {
  name: 'lose-primary',
  levels: [1, 2, 3, 4],
  title: 'The primary is killed with kill -9',
  hypothesis:
    'The shop stops until its database is started again; what was acknowledged is there afterwards.',
  timeline: kill(20_000),
  impact: { 'checkout-availability': 1, 'browse-availability': 1 },
  alerts: {
    expected: [
      { ...checkoutPage, withinMs: 16_000 },
      { alert: 'BrowseAvailability', severity: 'page', withinMs: 12_000 },
    ],
    allowed,
  },
  hypotheses: [...wellBefore, fails('checkout', 0.9), ...wellAfter],
  byLevel: {
    3: {
      hypothesis:
        'Nothing can be bought until it is started again; the catalogue is served on, stale, by the standbys.',
      impact: { 'checkout-availability': 1 },
      alerts: { expected: [checkoutPage], forbidden: [...browsingGoesOn], allowed },
      hypotheses: [...wellBefore, fails('checkout', 0.85), keepsServing('browse', 0.05), ...wellAfter],
    },
    4: {
      ...replacedByItself,
      title: 'The leader and its Patroni are killed with kill -9',
      hypothesis:
        'Writes stop until the synchronous standby takes over, about 20 s, and nothing acknowledged is lost; the catalogue is served on.',
      timeline: kill(45_000),
      hypotheses: [...wellBefore, servesAgain('checkout'), keepsServing('browse', 0.05), ...wellAfter],
    },
  },
  variants: {
    fast: {
      ...replacedFast,
      levels: [4],
      hypothesis: 'With timers below what Patroni supports a standby takes over after about 6 s.',
      timeline: kill(30_000),
    },
    promoted: {
      levels: [3],
      title: 'The primary is killed, and pg-2 is promoted by the runbook after the page',
      hypothesis:
        'Writes stop until the promotion and go on after it; the old primary comes back as a standby. At most the lag is lost, and counted.',
      timeline: kill(45_000),
      operator: [{ atMs: 15_000, lever: 'promote', node: 'pg-2' }],
      impact: { 'checkout-availability': { ratio: 1, forMs: 20_000 } },
      alerts: {
        expected: [checkoutPage],
        forbidden: [...browsingGoesOn],
        allowed: [
          ...allowed,
          mayPage(
            'ReconcilerMismatch',
            'an order that was lost has its money at the provider until it is given back',
          ),
        ],
      },
      hypotheses: [...wellBefore, servesAgain('checkout'), keepsServing('browse', 0.05), ...wellAfter],
    },
  },
} satisfies Experiment;
