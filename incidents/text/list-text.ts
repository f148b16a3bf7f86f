import type { Incident, IncidentAlert } from '../pager/incident.ts';
import { clockText, incidentLine, type LabStanding, printable } from './incident-line.ts';

export interface Listed {
  readonly incidents: readonly Incident[];
  /** Those of running labs that are open. */
  readonly tickets: readonly IncidentAlert[];
  /** Resolved ones that are not shown. */
  readonly hidden: number;
  /** Of the lab that an incident came from. */
  standing(incident: Incident): LabStanding;
  readonly nowMs: number;
}

/** Pure. */
export function listText({ incidents, tickets, hidden, standing, nowMs }: Listed): string {
  const open = incidents.filter(({ status }) => status !== 'resolved').length;
  const over = hidden === 0 ? '' : `, ${hidden} are over (\`pnpm oncall list --all\`)`;
  return [
    open === 0
      ? `no incident is open${over}`
      : `${open} ${open === 1 ? 'incident' : 'incidents'} not over${over}`,
    ...incidents.map((one) => incidentLine(one, nowMs, standing(one))),
    ...tickets.map(
      ({ alert, firedAt, summary = '' }) =>
        `ticket beside them: ${alert} since ${clockText(firedAt)} ${printable(summary)}`,
    ),
  ].join('\n');
}
