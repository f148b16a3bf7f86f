import type { Experiment } from './experiment.ts';

type Allowed = NonNullable<Experiment['alerts']['allowed']>[number];

/** Tickets of SLOs that page: their slower windows see the same outage. */
export const ticketsOf = (...alerts: readonly string[]): Allowed[] =>
  alerts.map((alert) => ({ alert, severity: 'ticket', reason: 'the page inhibits it until it resolves' }));

export const mayTicket = (alert: string, reason: string): Allowed => ({ alert, severity: 'ticket', reason });

/** Loki's, of the shop's own log: wherever its calls to the database fail in numbers. */
export const mayLogDatabaseErrors = mayTicket(
  'DatabaseErrorsLogged',
  'the shop writes down each call that its database did not answer',
);

/** Blackbox's, of each API: wherever none of them reaches the database. */
export const mayBeUnready = mayTicket('ProbeFailing', 'readiness asks the database');

/** The same where the database is well, and their pool is not. */
export const mayWaitUnready = mayTicket('ProbeFailing', 'readiness asks the database, through the same pool');

export const mayPage = (alert: string, reason: string): Allowed => ({ alert, severity: 'page', reason });
