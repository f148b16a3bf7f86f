import type { Incident } from '../pager/incident.ts';
import type { Timeline } from '../pager/timeline.ts';
import { clockText, dateText, incidentLine, type LabStanding, printable } from './incident-line.ts';

export interface Shown {
  readonly incident: Incident;
  readonly timeline: Timeline;
  /** The run that it came from, where that is over. */
  readonly run: string | null;
  readonly standing: LabStanding;
  readonly nowMs: number;
}

/** Pure. */
export function showText({ incident, timeline, run, standing, nowMs }: Shown): string {
  const { id, level, revision, alerts, acknowledged } = incident;
  const runbooks = new Set(alerts.map(({ alert }) => `runbooks/${alert}.md`));
  return [
    incidentLine(incident, nowMs, standing),
    `level ${level}, revision ${revision}`,
    ...(acknowledged === undefined
      ? []
      : [`acknowledged by ${acknowledged.by} at ${clockText(acknowledged.at)}`]),
    ...[...runbooks].map((path) => `runbook ${path}`),
    ...(run === null ? [] : [`run     runs/${run}/report.md`]),
    '',
    ...timeline.map(({ at, by, text }) => printable(`${dateText(at)}  ${(by ?? '').padEnd(10)}  ${text}`)),
    ...hints(incident, id),
  ].join('\n');
}

function hints({ status }: Incident, id: string): readonly string[] {
  if (status === 'open') return ['', `take it with \`pnpm oncall ack ${id}\``];
  return status === 'recovered' ? ['', `when it is over: \`pnpm oncall resolve ${id}\``] : [];
}
