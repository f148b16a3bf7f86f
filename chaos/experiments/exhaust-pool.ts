import { mayLogDatabaseErrors, mayTicket, mayWaitUnready, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { browsingGoesOn } from './forbidden.ts';
import { fails, keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

// 80 % of 10 s with somebody waiting, for 5 s.
const saturation = {
  alert: 'PoolSaturation',
  severity: 'ticket',
  afterMs: 14_000,
  withinMs: 24_000,
  // Who is hurt pages first, the cause is a ticket after it.
  after: { alert: 'CheckoutAvailability', severity: 'page' },
} as const;
const page = { severity: 'page', withinMs: 12_000 } as const;
const allowed = [
  ...ticketsOf('CheckoutAvailability', 'BrowseAvailability'),
  mayLogDatabaseErrors,
  mayWaitUnready,
  mayTicket('ReplicationLag', 'the beat that the standbys are measured by is written through the same pool'),
];

const readsHavePools = {
  hypothesis: 'Nothing can be bought; the catalogue has pools of its own to the standbys and is served on.',
  impact: { 'checkout-availability': 1 },
  alerts: {
    expected: [{ alert: 'CheckoutAvailability', ...page }, saturation],
    forbidden: [...browsingGoesOn],
    allowed,
  },
  hypotheses: [...wellBefore, fails('checkout', 0.9), keepsServing('browse', 0.05), ...wellAfter],
} satisfies NonNullable<Experiment['byLevel']>[string];

export default {
  name: 'exhaust-pool',
  levels: [2, 3, 4],
  title: 'A leak takes every connection of the pool',
  hypothesis:
    'The database is well and nobody reaches it: the shop answers "busy" within its deadline until the leak ends.',
  timeline: [
    {
      durationMs: 25_000,
      fault: 'hog',
      // PgBouncer's default_pool_size in the lab.
      params: { connections: 12 },
      on: { edges: ['api-1:pgbouncer-1'] },
    },
  ],
  impact: { 'checkout-availability': 1, 'browse-availability': 1 },
  alerts: {
    expected: [
      { alert: 'CheckoutAvailability', ...page },
      { alert: 'BrowseAvailability', ...page },
      saturation,
    ],
    allowed,
  },
  hypotheses: [...wellBefore, fails('checkout', 0.9), fails('browse', 0.9), ...wellAfter],
  byLevel: { 3: readsHavePools, 4: readsHavePools },
} satisfies Experiment;
