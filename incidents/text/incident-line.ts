import { formatDuration } from '@firedrill/slo';
import type { Incident, IncidentAlert } from '../pager/incident.ts';

/** Pure: `4m12s`, from a moment until now. */
export const sinceText = (at: string, nowMs: number): string =>
  formatDuration(Math.max(0, Math.floor((nowMs - Date.parse(at)) / 1000)));

/** Pure: `09:00:05`, UTC. */
export const clockText = (at: string): string => at.slice(11, 19);

/** Pure: `2026-11-23 09:00:05`, UTC. */
export const dateText = (at: string): string => at.slice(0, 19).replace('T', ' ');

/** Pure: text that came from elsewhere, so that it cannot move a terminal's cursor. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');

/** Pure: who has it. */
export function holderText({ assignee, resolved }: Incident): string {
  if (resolved !== undefined)
    return resolved.by === undefined ? 'over by itself' : `resolved by ${resolved.by}`;
  return assignee === undefined ? 'nobody has it' : `with ${assignee}`;
}

/** Pure: `CheckoutAvailability, BrowseAvailability and 2 tickets`, each name once. */
export function alertsText(alerts: readonly IncidentAlert[]): string {
  const pages = new Set(alerts.filter(({ severity }) => severity === 'page').map(({ alert }) => alert));
  const tickets = alerts.filter(({ severity }) => severity === 'ticket').length;
  const beside = tickets === 0 ? '' : ` and ${tickets} ticket${tickets === 1 ? '' : 's'}`;
  return `${[...pages].join(', ')}${beside}`;
}

/** What became of the lab that an incident came from. `silent`: it does not answer, and a process of it lives: its pages may go on. */
export type LabStanding = 'answers' | 'silent' | 'gone';

const standingText: Readonly<Record<LabStanding, string>> = {
  answers: '',
  silent: ', its lab does not answer',
  gone: ', its lab is gone',
};

/** Pure: an incident on one line. */
export function incidentLine(incident: Incident, nowMs: number, lab: LabStanding): string {
  const { id, status, openedAt, resolved, alerts, escalations } = incident;
  const lasted = sinceText(openedAt, resolved === undefined ? nowMs : Date.parse(resolved.at));
  const standing = resolved === undefined ? standingText[lab] : '';
  const escalated = escalations === 0 ? '' : `, escalated ${escalations}×`;
  return printable(
    `${id.padEnd(20)}  ${status.padEnd(12)}  ${lasted.padEnd(9)}  ${alertsText(alerts)}, ${holderText(incident)}${escalated}${standing}`,
  );
}
