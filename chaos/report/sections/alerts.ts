import { matchersText } from '@firedrill/alerts';
import { isFor, nameOf } from '../../checks/alert-history.ts';
import { eventsOf, type Run } from '../../checks/run.ts';
import { runSilences } from '../../checks/silences.ts';
import { standingOf } from '../../checks/standing.ts';
import type { AlertNotification } from '../../journal/event.ts';
import { clockTime, duration } from '../figures.ts';
import { blocks, code, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** The contract, and every alert that reached the receiver, with its runbook. */
export const alerts: Section = ({ run }) => {
  const notifications = eventsOf(run, 'notification').map((event) => event.notification);
  const rows = firstOfEach(notifications)
    .filter(({ severity }) => severity !== 'watchdog')
    .map((firing) => row(run, firing, notifications));
  return blocks(
    '## Alerts that fired',
    rows.length === 0
      ? 'None reached the receiver.'
      : table(['Alert and runbook', 'Severity', 'Started', 'Delivered', 'Resolved', 'In the contract'], rows),
    ...silenced(run),
    '### The contract',
    table(['Alert', 'Is', 'Because'], contract(run)),
    'Anything else that fires fails the run.',
  );
};

/** What a person held back is told beside what came. */
function silenced(run: Run): string[] {
  const rows = (runSilences(run) ?? []).map(({ silence, alerts }) => [
    code(matchersText(silence)),
    plain(silence.createdBy || 'nobody'),
    plain(silence.comment),
    clockTime(Date.parse(silence.startsAt)),
    clockTime(Date.parse(silence.endsAt)),
    alerts.length === 0 ? '–' : alerts.map((one) => plain(nameOf(one))).join(', '),
  ]);
  if (rows.length === 0) return [];
  return ['### Silenced', table(['What', 'By', 'Why', 'From', 'Until', 'Fired and reached nobody'], rows)];
}

/** Alertmanager repeats a whole group whenever one of its alerts changes: what began at the same time is the same. */
function firstOfEach(notifications: readonly AlertNotification[]): readonly AlertNotification[] {
  const seen = new Set<string>();
  return notifications.filter((one) => {
    const { status, startsAt, slo = '', fingerprint = slo } = one;
    if (status !== 'firing' || seen.has(`${nameOf(one)} ${fingerprint} ${startsAt}`)) return false;
    seen.add(`${nameOf(one)} ${fingerprint} ${startsAt}`);
    return true;
  });
}

function row(run: Run, firing: AlertNotification, all: readonly AlertNotification[]): string[] {
  const resolved = all.find(
    (other) =>
      other.status === 'resolved' &&
      isFor(firing, other) &&
      other.fingerprint === firing.fingerprint &&
      other.receivedAt >= firing.receivedAt,
  );
  const { standing, reason } = standingOf(run.plan.alerts, firing);
  const said = standing === 'unexpected' || standing === 'forbidden' ? `**${standing}**` : standing;
  return [
    `[${plain(firing.alert)}](../../runbooks/${encodeURIComponent(firing.alert)}.md)`,
    plain(firing.severity),
    clockTime(Date.parse(firing.startsAt)),
    clockTime(Date.parse(firing.receivedAt)),
    resolved === undefined ? 'not in this run' : clockTime(Date.parse(resolved.receivedAt)),
    reason === undefined ? said : `${said}: ${plain(reason)}`,
  ];
}

function contract({ plan }: Run): string[][] {
  const { expected, forbidden, allowed } = plan.alerts;
  return [
    ...expected.map((one) => {
      const order = one.after === undefined ? '' : `, not before ${plain(nameOf(one.after))}`;
      return [plain(nameOf(one)), 'expected', `within ${duration(one.withinMs)} of the injection${order}`];
    }),
    ...forbidden.map((one) => [plain(nameOf(one)), 'forbidden', plain(one.reason)]),
    ...allowed.map((one) => [plain(nameOf(one)), 'allowed', plain(one.reason)]),
  ];
}
