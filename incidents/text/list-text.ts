import type { Incident, IncidentAlert } from '../pager/incident.ts';
import { clockText, incidentLine, printable } from './incident-line.ts';

export interface Listed {
  readonly incidents: readonly Incident[];
  /** Those of running labs that are open. */
  readonly tickets: readonly IncidentAlert[];
  /** Resolved ones that are not shown. */
  readonly hidden: number;
  /** The names of the labs that run. */
  readonly running: ReadonlyMap<string, unknown>;
  readonly nowMs: number;
}

/** Pure. */
export function listText({ incidents, tickets, hidden, running, nowMs }: Listed): string {
  const open = incidents.filter(({ status }) => status !== 'resolved').length;
  const over = hidden === 0 ? '' : `, ${hidden} are over (\`pnpm oncall list --all\`)`;
  return [
    open === 0
      ? `no incident is open${over}`
      : `${open} ${open === 1 ? 'incident' : 'incidents'} not over${over}`,
    ...incidents.map((one) => incidentLine(one, nowMs, !running.has(one.lab))),
    ...tickets.map(
      ({ alert, firedAt, summary = '' }) =>
        `ticket beside them: ${alert} since ${clockText(firedAt)} ${printable(summary)}`,
    ),
  ].join('\n');
}
