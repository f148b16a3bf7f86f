import { code, duration, eventsOf, plain, type ReportData } from '@firedrill/chaos/report';
import { wordsOf } from '@firedrill/lab/levers';
import type { AlertFacts, Line, Source } from './facts.ts';

/** Where the files of a run are, seen from the report's folder. */
export type SourceOf = (file: string, line?: number) => Source;

/** Pure: what the run's journal, its ledger and Prometheus tell of the time, each line with the line that shows it. */
export function runLines(
  { run }: ReportData,
  alerts: readonly AlertFacts[],
  users: { readonly fromMs: number; readonly toMs: number | undefined } | undefined,
  source: SourceOf,
): readonly Line[] {
  const line = (atMs: number | undefined, what: string, from: Source): readonly Line[] =>
    atMs === undefined ? [] : [{ atMs, what, source: from }];
  const journal = (seq: number): Source => source('journal.jsonl', seq + 1);
  const { times } = run;
  /** When a rule began to fire stands in the notification of it. */
  const told = (alert: string, severity: string, atMs: number | undefined): number =>
    eventsOf(run, 'notification').find(
      ({ notification: one }) =>
        one.alert === alert && one.severity === severity && Date.parse(one.receivedAt) === atMs,
    )?.seq ?? 0;
  const started = eventsOf(run, 'load-started')[0];
  const applied = eventsOf(run, 'applied');
  const healed = eventsOf(run, 'healed');
  return [
    ...line(
      times.loadFromMs,
      `the load starts: ${run.plan.rps} requests/s, no fault`,
      journal(started?.seq ?? 0),
    ),
    ...times.faults.flatMap(({ id, fault, label, fromMs, toMs }) => [
      ...line(
        fromMs,
        `**fault in**: ${code(fault)}, ${plain(label)}`,
        journal(applied.find((event) => event.fault === id)?.seq ?? 0),
      ),
      ...line(
        toMs,
        `**fault out**: ${code(fault)}`,
        journal(healed.findLast((event) => Date.parse(event.at) === toMs)?.seq ?? 0),
      ),
    ]),
    ...line(users?.fromMs, 'the first user is failed', source('ledger.jsonl')),
    ...line(users?.toMs, 'the users have recovered: ten good seconds begin', source('ledger.jsonl')),
    ...alerts.flatMap(({ name, alert, severity, crossingMs, firingMs, deliveredMs }) => [
      ...line(crossingMs, `the users’ own requests cross the threshold of ${name}`, source('ledger.jsonl')),
      ...line(firingMs, `${name} fires at Prometheus`, journal(told(alert, severity, deliveredMs))),
    ]),
    ...eventsOf(run, 'operator')
      .filter(({ state }) => state !== 'step')
      .flatMap((act) =>
        line(
          Date.parse(act.at),
          `operator, ${code(wordsOf(act))} ${act.state}: ${plain(act.text)}${act.state === 'done' ? ` (${duration(act.tookMs)})` : ''}`,
          journal(act.seq),
        ),
      ),
    ...eventsOf(run, 'abort').flatMap(({ at, reason, seq }) =>
      line(Date.parse(at), `**aborted**: ${plain(reason)}`, journal(seq)),
    ),
    ...eventsOf(run, 'problem').flatMap(({ at, code: id, message, seq }) =>
      line(Date.parse(at), `problem ${code(id)}: ${plain(message)}`, journal(seq)),
    ),
    ...line(
      times.settledMs,
      'what was unknown is settled: asked again, or waited for',
      source('journal.jsonl'),
    ),
  ];
}
