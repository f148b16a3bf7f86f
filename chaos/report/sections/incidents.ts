import { nameOf } from '../../checks/alert-history.ts';
import { isBlindAt } from '../../checks/blindness.ts';
import type { RunIncident } from '../../checks/incidents.ts';
import type { Run } from '../../checks/run.ts';
import { clockTime, duration, durationOr } from '../figures.ts';
import { blocks, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** What the person with the pager would have had to do with: pages and their tickets as one thing. */
export const incidents: Section = (data) => {
  const { incidents: all, beside } = data.incidents;
  return blocks(
    '## Incidents',
    all.length === 0 ? 'No page came, so there was none.' : '',
    table(
      [
        'Incident',
        'Opened (UTC)',
        'Acknowledged',
        'Resolved',
        'Lasted>',
        'Predicted>',
        'Opened by',
        'Attached to it',
      ],
      all.map((incident, index) => row(data.run, incident, index)),
    ),
    all.length === 0
      ? ''
      : 'An incident opens at its first page; later pages and the tickets of its SLOs attach to it until its last page is resolved. Its predicted end is the moment at which the users’ own requests no longer burn, what holds the alert, and the mean time until that is told.',
    beside.length === 0
      ? ''
      : `Beside them: ${[...new Set(beside.map((ticket) => plain(nameOf(ticket))))].join(', ')}.`,
  );
};

function row(run: Run, incident: RunIncident, index: number): string[] {
  const { alerts, openedAt, resolvedAt, predictedResolutionMs, acknowledged } = incident;
  const [first, ...others] = alerts;
  const openedMs = Date.parse(openedAt);
  const resolvedMs = resolvedAt === undefined ? undefined : Date.parse(resolvedAt);
  const attached = others.map(
    (one) => `${plain(nameOf(one))} after ${duration(Date.parse(one.firedAt) - openedMs)}`,
  );
  return [
    String(index + 1),
    clockTime(openedMs),
    acknowledged === undefined
      ? 'by nobody'
      : `by ${plain(acknowledged.by)} after ${duration(acknowledged.atMs - openedMs)}`,
    resolvedMs === undefined
      ? 'not in this run'
      : `${clockTime(resolvedMs)}${isBlindAt(run, resolvedMs) ? ', while nobody watched' : ''}`,
    durationOr(resolvedMs === undefined ? undefined : resolvedMs - openedMs),
    durationOr(predictedResolutionMs === undefined ? undefined : predictedResolutionMs - openedMs),
    plain(nameOf(first)),
    attached.length === 0 ? '–' : attached.join(', '),
  ];
}
