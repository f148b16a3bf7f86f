import type { Panel } from './panel.ts';

/** @param more further label matchers, each after a comma */
export const alertsOverTime = (more = ''): Panel => ({
  title: 'Alerts over time',
  description: 'Pages and tickets while they were pending or firing.',
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
