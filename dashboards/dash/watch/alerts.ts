import { type LabState, nodeUrl } from '@firedrill/lab';
import { runbooks } from '@firedrill/runbooks';
import { z } from 'zod';
import type { AlertSight, PagingSight, PagingSource } from '../sight.ts';
import { askData, askJson } from './ask-api.ts';

const words = z.record(z.string(), z.string());
const fromPrometheus = z.object({
  alerts: z.array(
    z.object({
      labels: words,
      annotations: words,
      state: z.enum(['pending', 'firing']),
      activeAt: z.string(),
    }),
  ),
});
const fromAlertmanager = z.array(
  z.object({
    labels: words,
    annotations: words,
    startsAt: z.string(),
    status: z.object({ state: z.enum(['active', 'suppressed', 'unprocessed']) }),
  }),
);
const watchdogSchema = z.object({ lastHeartbeatAt: z.string().nullable() });

export type PrometheusAlert = z.infer<typeof fromPrometheus>['alerts'][number];
export type AlertmanagerAlert = z.infer<typeof fromAlertmanager>[number];

/**
 * What pends and fires. Alertmanager knows those of Loki, and what is held back; when it is gone Prometheus' own are shown.
 * @throws {FiredrillError} `control-failed` when neither answers.
 */
export async function readPaging(lab: LabState): Promise<PagingSight> {
  const [prometheus, alertmanager, receiver] = await Promise.all([
    settled(askData('Prometheus', `${nodeUrl(lab, 'prometheus-1')}/api/v1/alerts`, fromPrometheus)),
    settled(askJson('Alertmanager', `${nodeUrl(lab, 'alertmanager-1')}/api/v2/alerts`, fromAlertmanager)),
    settled(askJson('the receiver', `${nodeUrl(lab, 'receiver-1')}/watchdog`, watchdogSchema)),
  ]);
  if ('error' in prometheus && 'error' in alertmanager) throw prometheus.error;
  const alerts = alertsOf(
    'error' in prometheus ? [] : prometheus.value.alerts,
    'error' in alertmanager ? [] : alertmanager.value,
    new Set(runbooks().map(({ alert }) => alert)),
  );
  const asked: Readonly<Record<PagingSource, object>> = {
    Prometheus: prometheus,
    Alertmanager: alertmanager,
    'the receiver': receiver,
  };
  return {
    alerts,
    blind: (Object.keys(asked) as PagingSource[]).filter((source) => 'error' in asked[source]),
    heartbeatAt: 'error' in receiver ? null : receiver.value.lastHeartbeatAt,
  };
}

const settled = <Value>(asked: Promise<Value>): Promise<{ value: Value } | { error: unknown }> =>
  asked.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

const order = { firing: 0, 'held back': 1, pending: 2 } as const;

/** Pure: one list of both, pages first. */
export function alertsOf(
  prometheus: readonly PrometheusAlert[],
  alertmanager: readonly AlertmanagerAlert[],
  withRunbook: ReadonlySet<string>,
): readonly AlertSight[] {
  const found = new Map<string, AlertSight>();
  const add = (
    state: AlertSight['state'],
    since: string,
    { labels, annotations }: Pick<PrometheusAlert, 'labels' | 'annotations'>,
  ): void => {
    const { alertname = '', severity = '' } = labels;
    if (severity === 'watchdog') return;
    const what = whatOf(labels);
    found.set(`${alertname} ${severity} ${what}`, {
      alert: alertname,
      severity,
      state,
      since,
      summary: annotations['summary'] ?? annotations['title'] ?? '',
      what,
      runbook: withRunbook.has(alertname),
    });
  };
  for (const one of prometheus) add(one.state, one.activeAt, one);
  for (const one of alertmanager) {
    add(one.status.state === 'suppressed' ? 'held back' : 'firing', one.startsAt, one);
  }
  return [...found.values()].toSorted(
    (a, b) =>
      order[a.state] - order[b.state] ||
      rank(a.severity) - rank(b.severity) ||
      Date.parse(a.since) - Date.parse(b.since) ||
      a.alert.localeCompare(b.alert),
  );
}

const rank = (severity: string): number => ['page', 'ticket'].indexOf(severity);

/** Labels that say of which part it is. */
const telling = ['instance', 'node', 'target', 'replica', 'queue'];

const whatOf = (labels: Readonly<Record<string, string>>): string =>
  telling.flatMap((name) => labels[name] ?? []).join(' ');
