import { watchdogMissing } from '@firedrill/alerts';
import { alertsOverTime, notInPrometheus } from './alerts-over-time.ts';
import { syntheticHistory } from './annotations.ts';
import { burnLines, burnQueries, legs, ofSlo, ratioOver } from './burn-rate.ts';
import type { Dashboard, Panel, PanelQuery } from './panel.ts';
import { users } from './users.ts';

const burnRate: Panel = {
  title: 'Burn rate: $slo',
  description:
    'The error ratio in units of the error budget, per window. An alert fires when the long (solid) and the short (dashed) window of one pair are both over its line.',
  kind: 'timeseries',
  unit: 'short',
  queries: legs.flatMap((_, leg) => burnQueries(leg)),
  thresholds: burnLines,
  minimum: 0,
  width: 12,
  height: 9,
  repeat: 'slo',
};

const firing = (
  severity: 'page' | 'ticket',
  title: string,
  description: string,
  beside: readonly PanelQuery[] = [],
): Panel => ({
  title,
  description,
  kind: 'stat',
  unit: 'short',
  queries: [
    {
      expr: `count(ALERTS{alertstate="firing",severity="${severity}"}) or vector(0)`,
      legend: severity,
      meaning: severity,
    },
    ...beside,
  ],
  base: 'good',
  thresholds: [{ value: 1, meaning: severity }],
  width: 4,
  height: 5,
});

/** The pager's own page is in no rule of Prometheus. */
const incidentsOfPager: PanelQuery = {
  expr: 'sum(pager_incidents{status=~"open|acknowledged"})',
  legend: 'at the pager',
  meaning: 'page',
};

export const sloOverview: Dashboard = {
  uid: 'slo-overview',
  title: 'SLO overview',
  description: 'What users get, how fast the error budgets burn, and which alerts that raises.',
  variables: [
    { name: 'service', label: 'Service', metric: 'slo:objective:ratio', valuesOf: 'sloth_service' },
    {
      name: 'slo',
      label: 'SLO',
      metric: 'slo:objective:ratio{sloth_service=~"$service"}',
      valuesOf: 'sloth_slo',
    },
  ],
  annotations: [syntheticHistory],
  rows: [
    {
      title: 'Now',
      panels: [
        firing(
          'page',
          'Pages firing',
          `Of the rules of Prometheus; beside them the incidents whose pages have not ended, as the pager has them: ${watchdogMissing.alert} is its own.`,
          [incidentsOfPager],
        ),
        firing(
          'ticket',
          'Tickets firing',
          `Of the rules of Prometheus. ${notInPrometheus} The pager has them: \`pnpm oncall list\`.`,
        ),
        {
          title: 'Error budget left',
          description:
            "Of the period's budget (30 days; on the drill clock 12 hours, which is gone 60 times as fast). Below 0 the objective is missed.",
          kind: 'stat',
          unit: 'percentunit',
          queries: [
            {
              expr: `slo:period_error_budget_remaining:ratio{${ofSlo}}`,
              legend: '{{sloth_slo}}',
              meaning: 'good',
            },
          ],
          base: 'bad',
          thresholds: [
            { value: 0, meaning: 'slow' },
            { value: 0.5, meaning: 'good' },
          ],
          width: 16,
          height: 5,
        },
      ],
    },
    {
      title: 'Users',
      panels: [
        ...users(12),
        {
          title: 'Error ratio: $slo',
          description: 'Of the shortest window, as the alerts see it.',
          kind: 'timeseries',
          unit: 'percentunit',
          queries: [
            { expr: ratioOver((pair) => pair.shortSeconds, 0), legend: 'error ratio', meaning: 'bad' },
            {
              expr: `slo:error_budget:ratio{${ofSlo}}`,
              legend: 'budget (1 − objective)',
              meaning: 'threshold',
              dashed: true,
            },
          ],
          minimum: 0,
          width: 6,
          height: 7,
          repeat: 'slo',
        },
      ],
    },
    { title: 'Burn rates', panels: [burnRate] },
    {
      title: 'Agreement (level 2 and up)',
      fromLevel: 2,
      panels: [
        {
          title: 'SLA allowance spent',
          description:
            "Of the failures that the SLA allows in a period (docs/sla.md). At 50 % the SLO's own budget is gone (SlaAtRisk), at 100 % credits are owed.",
          kind: 'stat',
          unit: 'percentunit',
          queries: [
            {
              expr: 'sla:allowance_spent:ratio{sloth_service=~"$service"}',
              legend: '{{sloth_slo}}',
              meaning: 'good',
            },
          ],
          base: 'good',
          thresholds: [
            { value: 0.5, meaning: 'ticket' },
            { value: 1, meaning: 'bad' },
          ],
          width: 24,
          height: 4,
        },
      ],
    },
    {
      title: 'Alerts',
      panels: [alertsOverTime()],
    },
  ],
};
