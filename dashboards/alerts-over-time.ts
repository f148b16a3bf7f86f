import { watchdogMissing } from '@firedrill/alerts';
import type { Panel } from './panel.ts';

/** `ALERTS` is what Prometheus raised itself. */
export const notInPrometheus = 'The tickets that Loki raises from the logs are not in it.';

/** @param more further label matchers, each after a comma */
export const alertsOverTime = (more = ''): Panel => ({
  title: 'Alerts over time',
  description: `Pages and tickets of the rules of Prometheus while they were pending or firing. ${notInPrometheus} Nor is ${watchdogMissing.alert}, which the pager raises.`,
  kind: 'timeline',
  unit: 'short',
  queries: (['page', 'ticket'] as const).map((severity) => ({
    expr: `max by (alertname, severity, alertstate) (ALERTS{severity="${severity}"${more}})`,
    legend: '{{alertname}} {{severity}} {{alertstate}}',
    meaning: severity,
    mayBeEmpty: true,
  })),
  width: 24,
  height: 8,
});
