import {
  type Incident as AlertIncident,
  type IncidentAlert as AlertOfIncident,
  type IncidentLog,
  type Notification,
  noIncidents,
  withNotification,
} from '@firedrill/alerts';
import type { Act } from './act.ts';
import type { Incident, IncidentAlert } from './incident.ts';

/** What is known of one start of a lab. */
export interface LabRecord {
  readonly lab: string;
  /** In the order in which the receiver numbered them. */
  readonly notifications: readonly Notification[];
  /** In the order in which the pager took them. */
  readonly acts: readonly Act[];
}

export interface LabIncidents {
  readonly incidents: readonly Incident[];
  /** Tickets that belong to no incident. */
  readonly tickets: readonly IncidentAlert[];
}

/**
 * Pure: notifications and acts → incidents. When one opens, what attaches to it and when it recovers is `alerts`' rule; a person
 * may end it before: what pages anew then opens another one.
 */
export function incidentsOf({ lab, notifications, acts }: LabRecord): LabIncidents {
  const level = levelOf(lab);
  const ends = acts.filter(({ kind }) => kind === 'resolve');
  let log: IncidentLog = noIncidents;
  let before = 0;
  for (const notification of notifications) {
    for (const act of ends) {
      if (act.after >= before && act.after < notification.seq) log = closed(log, level, act);
    }
    log = withNotification(log, notification);
    before = notification.seq;
  }
  const ids = idsOf(log.incidents, level);
  return {
    incidents: log.incidents.map((incident, index) => {
      const id = ids[index]!;
      const own = acts.filter((act) => act.incident === id);
      return withActs({ id, lab, level, ...describe(incident, notifications) }, own);
    }),
    tickets: log.beside.map((ticket) => alertOf(ticket, notifications)),
  };
}

/** `…-l1-…` */
function levelOf(lab: string): number {
  return Number(/-l(\d+)-/.exec(lab)?.[1] ?? 0);
}

/** Those that are there keep theirs when others follow. */
function idsOf(incidents: readonly AlertIncident[], level: number): readonly string[] {
  const seen = new Map<string, number>();
  return incidents.map(({ openedAt }) => {
    const digits = openedAt.replaceAll(/[-:]/g, '');
    const id = `${digits.slice(0, 8)}-${digits.slice(9, 15)}-l${level}`;
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  });
}

function closed(log: IncidentLog, level: number, act: Act): IncidentLog {
  const index = idsOf(log.incidents, level).indexOf(act.incident);
  const incidents = log.incidents.map((incident, at) =>
    at !== index || incident.resolvedAt !== undefined ? incident : { ...incident, resolvedAt: act.at },
  );
  return { ...log, incidents };
}

function describe(
  { openedAt, alerts }: AlertIncident,
  notifications: readonly Notification[],
): Pick<Incident, 'openedAt' | 'recoveredAt' | 'alerts'> {
  const pages = alerts.filter(({ severity }) => severity === 'page');
  const ends = pages.flatMap(({ resolvedAt }) => resolvedAt ?? []);
  return {
    openedAt,
    ...(ends.length < pages.length ? {} : { recoveredAt: ends.toSorted().at(-1)! }),
    alerts: alerts.map((one) => alertOf(one, notifications)),
  };
}

function alertOf(one: AlertOfIncident, notifications: readonly Notification[]): IncidentAlert {
  const { alert, slo, startsAt, firedAt, resolvedAt } = one;
  const told = notifications.find(
    (other) => other.status === 'firing' && other.alert === alert && other.receivedAt === firedAt,
  );
  const summary = told?.annotations['summary'];
  return {
    alert,
    severity: one.severity === 'page' ? 'page' : 'ticket',
    ...(slo === undefined ? {} : { slo }),
    ...(summary === undefined ? {} : { summary }),
    startsAt,
    firedAt,
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
  };
}

type Before = Pick<Incident, 'id' | 'lab' | 'level' | 'openedAt' | 'recoveredAt' | 'alerts'>;

function withActs(incident: Before, acts: readonly Act[]): Incident {
  let acknowledged: Incident['acknowledged'];
  let resolved: Incident['resolved'];
  let assignee: string | undefined;
  let escalations = 0;
  for (const act of acts) {
    const { at, by } = act;
    if (act.kind === 'acknowledge') {
      acknowledged = { at, by };
      assignee ??= by;
    } else if (act.kind === 'assign') assignee = act.to;
    else if (act.kind === 'resolve') resolved = { at, by };
    else if (act.kind === 'escalate') {
      acknowledged = undefined;
      assignee = act.to;
      escalations += 1;
    }
  }
  const { recoveredAt } = incident;
  // What nobody has in hand needs nobody to say that it is over.
  if (recoveredAt !== undefined && acts.every(({ kind }) => kind === 'note')) resolved = { at: recoveredAt };
  return {
    ...incident,
    status: statusOf(incident, resolved !== undefined, acknowledged !== undefined),
    revision: acts.length,
    ...(resolved === undefined ? {} : { resolved }),
    ...(acknowledged === undefined ? {} : { acknowledged }),
    ...(assignee === undefined ? {} : { assignee }),
    escalations,
    acts: [...acts],
  };
}

function statusOf({ recoveredAt }: Before, resolved: boolean, acknowledged: boolean): Incident['status'] {
  if (resolved) return 'resolved';
  if (recoveredAt !== undefined) return 'recovered';
  return acknowledged ? 'acknowledged' : 'open';
}
