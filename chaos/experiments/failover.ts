import { mayBeUnready, mayLogDatabaseErrors, mayTicket, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';

type Alerts = NonNullable<Experiment['alerts']>;

const mayCome: NonNullable<Alerts['allowed']> = [
  ...ticketsOf('CheckoutAvailability', 'BrowseAvailability'),
  mayLogDatabaseErrors,
  mayTicket('CheckoutLatency', 'who waited for the new leader is answered late'),
  mayBeUnready,
  mayTicket('ComponentDown', 'the exporter of the lost server says so'),
  mayTicket('PostgresFatal', 'a server says so when its sessions or its line to the leader end'),
  mayTicket('PoolSaturation', 'who waits for the lost leader waits in the pool'),
  mayTicket('ReplicationLag', 'nobody writes the beat that the standbys are measured by'),
  mayTicket('OutboxAge', 'what was not delivered yet waits for the new leader'),
  mayTicket('DatabaseNoLeader', 'until its place in etcd has run out nobody may take it'),
  mayTicket('LeaderChanged', 'it says that a standby took over'),
  mayTicket('SynchronousStandbyMissing', 'a new leader has none until a standby follows it'),
  mayTicket('StandbyMissing', 'the lost server is one of three'),
];

/** What may come with a change of the leader, but for what an experiment expects itself. */
export const mayComeWithFailover = (...expected: readonly string[]): NonNullable<Alerts['allowed']> =>
  mayCome.filter(({ alert, severity }) => severity === 'page' || !expected.includes(alert));

const page = { alert: 'CheckoutAvailability', severity: 'page', withinMs: 10_000 } as const;

/**
 * At level 4 the loss of the leader is over by itself. Its place in etcd is kept for 20 s from its last word on; then a standby that
 * has all that was acknowledged takes over, and the router finds it.
 */
export const replacedByItself = {
  recoversMs: 30_000,
  impact: { 'checkout-availability': { ratio: 1, forMs: 22_000 } },
  alerts: {
    expected: [
      page,
      // A new leader is known about 20 s later.
      { alert: 'DatabaseNoLeader', severity: 'ticket', afterMs: 7_000, withinMs: 16_000 },
      { alert: 'LeaderChanged', severity: 'ticket', afterMs: 22_000, withinMs: 36_000 },
    ],
    allowed: mayComeWithFailover('DatabaseNoLeader', 'LeaderChanged'),
  },
} satisfies Partial<Experiment>;

/** With timers below what Patroni supports: 5 s instead of 20. */
export const replacedFast = {
  timers: 'fast',
  recoversMs: 14_000,
  impact: { 'checkout-availability': { ratio: 1, forMs: 7_000 } },
  alerts: {
    expected: [page, { alert: 'LeaderChanged', severity: 'ticket', afterMs: 7_000, withinMs: 18_000 }],
    allowed: mayComeWithFailover('LeaderChanged'),
  },
} satisfies Partial<Experiment>;
