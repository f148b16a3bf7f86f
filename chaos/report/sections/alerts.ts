import { isFor } from '../../checks/detection.ts';
import { eventsOf, type Run } from '../../checks/run.ts';
import type { AlertNotification } from '../../journal/event.ts';
import { clockTime } from '../figures.ts';
import { blocks, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** Every alert that reached the receiver, with its runbook. */
export const alerts: Section = ({ run }) => {
  const notifications = eventsOf(run, 'notification').map((event) => event.notification);
  const rows = notifications
    .filter(({ status, severity }) => status === 'firing' && severity !== 'watchdog')
    .map((firing) => row(run, firing, notifications));
  return blocks(
    '## Alerts that fired',
    rows.length === 0
      ? 'None reached the receiver.'
      : table(['Alert and runbook', 'Severity', 'Started', 'Delivered', 'Resolved', 'In the contract'], rows),
  );
};

function row(run: Run, firing: AlertNotification, all: readonly AlertNotification[]): string[] {
  const resolved = all.find(
    (other) => other.status === 'resolved' && isFor(firing, other) && other.receivedAt >= firing.receivedAt,
  );
  return [
    `[${plain(firing.alert)}](../../runbooks/${encodeURIComponent(firing.alert)}.md)`,
    plain(firing.severity),
    clockTime(Date.parse(firing.startsAt)),
    clockTime(Date.parse(firing.receivedAt)),
    resolved === undefined ? 'not in this run' : clockTime(Date.parse(resolved.receivedAt)),
    standing(run, firing),
  ];
}

function standing(run: Run, firing: AlertNotification): string {
  const { expected, allowed } = run.plan.alerts;
  if (expected.some((contract) => isFor(contract, firing))) return 'expected';
  const permitted = allowed.find((contract) => isFor(contract, firing));
  return permitted === undefined ? '**unexpected**' : `allowed: ${plain(permitted.reason)}`;
}
