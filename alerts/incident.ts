import type { Notification } from './receiver/notification.ts';

/** What is needed of a notification. Those of one level only: each level has incidents of its own. */
export type IncidentNotification = Pick<
  Notification,
  'alert' | 'severity' | 'slo' | 'status' | 'startsAt' | 'receivedAt'
> & {
  /** Tells the instances of one alert apart; a page of an SLO has only one. */
  readonly fingerprint?: string | undefined;
};

/** One alert from its first notification to the one that ends it. Times as the receiver told them. */
export interface IncidentAlert {
  readonly key: string;
  readonly alert: string;
  readonly severity: string;
  readonly slo?: string;
  /** When the rule began to fire. */
  readonly startsAt: string;
  readonly firedAt: string;
  readonly resolvedAt?: string;
}

export interface Incident {
  /** The page that opened it comes first; then what attached to it, in that order. */
  readonly alerts: readonly [IncidentAlert, ...IncidentAlert[]];
  readonly openedAt: string;
  /** When its last open page was resolved. A ticket may stay open longer. */
  readonly resolvedAt?: string;
}

export interface IncidentLog {
  readonly incidents: readonly Incident[];
  /** Tickets that belong to no incident. */
  readonly beside: readonly IncidentAlert[];
}

export const noIncidents: IncidentLog = { incidents: [], beside: [] };

/** Pure: the incidents of a level from all its notifications, in the order in which the receiver got them. */
export function incidentsOf(notifications: readonly IncidentNotification[]): IncidentLog {
  return notifications.reduce(withNotification, noIncidents);
}

/**
 * Pure: the log with one more notification. An incident opens at its first page; later pages, and the tickets of its SLOs,
 * attach to it until its last page is resolved. A ticket that began before that but was held back by its page until then
 * belongs to it, too. The order of arrival is trusted: what fires after its end fires again.
 */
export function withNotification(log: IncidentLog, notification: IncidentNotification): IncidentLog {
  const { severity, status } = notification;
  if (severity !== 'page' && severity !== 'ticket') return log;
  const key = keyOf(notification);
  if (status === 'resolved') return resolve(log, key, notification.receivedAt);
  // Alertmanager repeats a whole group whenever one of its alerts changes.
  if ([...log.beside, ...log.incidents.flatMap(({ alerts }) => alerts)].some((one) => isOpen(one, key)))
    return log;
  const { alert, slo, startsAt, receivedAt } = notification;
  const fired = {
    key,
    alert,
    severity,
    ...(slo === undefined ? {} : { slo }),
    startsAt,
    firedAt: receivedAt,
  };
  return severity === 'page' ? withPage(log, fired) : withTicket(log, fired);
}

function withPage({ incidents, beside }: IncidentLog, page: IncidentAlert): IncidentLog {
  const isItsTicket = (one: IncidentAlert): boolean =>
    one.resolvedAt === undefined && one.slo !== undefined && one.slo === page.slo;
  const tickets = beside.filter(isItsTicket);
  const last = incidents.at(-1);
  const open = last !== undefined && last.resolvedAt === undefined ? last : undefined;
  const incident: Incident =
    open === undefined
      ? { openedAt: page.firedAt, alerts: [page, ...tickets] }
      : { ...open, alerts: [...open.alerts, page, ...tickets] };
  return {
    incidents: [...(open === undefined ? incidents : incidents.slice(0, -1)), incident],
    beside: beside.filter((one) => !isItsTicket(one)),
  };
}

function withTicket({ incidents, beside }: IncidentLog, ticket: IncidentAlert): IncidentLog {
  const owner = incidents.findLastIndex(
    ({ alerts, resolvedAt }) =>
      alerts.some(({ severity, slo }) => severity === 'page' && slo !== undefined && slo === ticket.slo) &&
      (resolvedAt === undefined || Date.parse(ticket.startsAt) <= Date.parse(resolvedAt)),
  );
  if (owner === -1) return { incidents, beside: [...beside, ticket] };
  return {
    incidents: incidents.map((incident, index) =>
      index === owner ? { ...incident, alerts: [...incident.alerts, ticket] } : incident,
    ),
    beside,
  };
}

function resolve({ incidents, beside }: IncidentLog, key: string, resolvedAt: string): IncidentLog {
  const ended = <T extends IncidentAlert>(one: T): T => (isOpen(one, key) ? { ...one, resolvedAt } : one);
  return {
    incidents: incidents.map((incident) => {
      if (!incident.alerts.some((one) => isOpen(one, key))) return incident;
      const [first, ...others] = incident.alerts;
      const alerts: Incident['alerts'] = [ended(first), ...others.map(ended)];
      const paging = alerts.some((one) => one.severity === 'page' && one.resolvedAt === undefined);
      return { ...incident, alerts, ...(paging || incident.resolvedAt !== undefined ? {} : { resolvedAt }) };
    }),
    beside: beside.map(ended),
  };
}

const isOpen = (one: IncidentAlert, key: string): boolean => one.key === key && one.resolvedAt === undefined;

const keyOf = ({ alert, severity, slo = '', fingerprint = slo }: IncidentNotification): string =>
  `${severity} ${alert} ${fingerprint}`;
