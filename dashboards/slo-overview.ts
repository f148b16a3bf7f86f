import { alertWindows, clocks, formatDuration, type WindowPair } from '@firedrill/slo';
import type { Dashboard, Panel, PanelQuery } from './panel.ts';

const ofSlo = 'sloth_service=~"$service",sloth_slo=~"$slo"';

/** A window's ratio on whichever clock the lab runs: Sloth names the metric after the window. */
const ratioOver = (seconds: (pair: WindowPair) => number, leg: number): string => {
  const windows = clocks.map((clock) => formatDuration(seconds(alertWindows(clock).pairs[leg]!)));
  return `{__name__=~"slo:sli_error:ratio_rate(${windows.join('|')})",${ofSlo}}`;
};

const asBurnRate = (ratio: string): string =>
  `${ratio} / on(sloth_id, sloth_service, sloth_slo) group_left() slo:error_budget:ratio{${ofSlo}}`;

const legs = alertWindows('production').pairs;

const burnQueries: readonly PanelQuery[] = legs.flatMap((pair, leg) => {
  const name = `${pair.severity} ${pair.speed}`;
  return [
    {
      expr: asBurnRate(ratioOver((p) => p.longSeconds, leg)),
      legend: `${name}, long {{sloth_window}}`,
      meaning: pair.severity,
    },
    {
      expr: asBurnRate(ratioOver((p) => p.shortSeconds, leg)),
      legend: `${name}, short {{sloth_window}}`,
      meaning: pair.severity,
      dashed: true,
    },
  ];
});

const burnRate: Panel = {
  title: 'Burn rate: $slo',
  description:
    'The error ratio in units of the error budget, per window. An alert fires when the long (solid) and the short (dashed) window of one pair are both over its line.',
  kind: 'timeseries',
  unit: 'short',
  queries: burnQueries,
  thresholds: legs
    .map((pair) => ({ value: Number(pair.factor.toFixed(6)), meaning: pair.severity }))
    .sort((a, b) => a.value - b.value),
  minimum: 0,
  width: 12,
  height: 9,
  repeat: 'slo',
};

const firing = (severity: 'page' | 'ticket', title: string): Panel => ({
  title,
  description: `Alerts of severity ${severity} that fire now.`,
  kind: 'stat',
  unit: 'short',
  queries: [
    {
      expr: `count(ALERTS{alertstate="firing",severity="${severity}"}) or vector(0)`,
      legend: severity,
      meaning: severity,
    },
  ],
  base: 'good',
  thresholds: [{ value: 1, meaning: severity }],
  width: 4,
  height: 5,
});

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
  annotations: [
    {
      name: 'Synthetic history',
      expr: 'max by (service) (firedrill_synthetic_history{service=~"$service"})',
      meaning: 'excluded',
      text: 'The SLI history is made up here: loaded by `lab up`, so that no window is young',
    },
  ],
  rows: [
    {
      title: 'Now',
      panels: [
        firing('page', 'Pages firing'),
        firing('ticket', 'Tickets firing'),
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
        {
          title: 'Requests by outcome',
          description: "As the load client saw them. Excluded: a client's own mistake or a declined card.",
          kind: 'timeseries',
          unit: 'reqps',
          queries: (['good', 'bad', 'excluded'] as const).map((outcome) => ({
            expr: `sum(rate(client_requests_total{service=~"$service",outcome="${outcome}"}[30s]))`,
            legend: outcome,
            meaning: outcome,
          })),
          minimum: 0,
          width: 12,
          height: 8,
        },
        {
          title: 'Latency of good answers',
          description: 'At the client, from the time at which the request was due.',
          kind: 'timeseries',
          unit: 's',
          queries: ([0.5, 0.99] as const).map((quantile) => ({
            expr: `histogram_quantile(${quantile}, sum by (le) (rate(client_request_duration_seconds_bucket{service=~"$service",outcome="good"}[30s])))`,
            legend: `p${quantile * 100}`,
            meaning: 'measure' as const,
            dashed: quantile === 0.5,
          })),
          minimum: 0,
          width: 12,
          height: 8,
        },
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
      panels: [
        {
          title: 'Alerts over time',
          description: 'Pages and tickets while they were pending or firing.',
          kind: 'timeline',
          unit: 'short',
          queries: (['page', 'ticket'] as const).map((severity) => ({
            expr: `max by (alertname, severity, alertstate) (ALERTS{severity="${severity}"})`,
            legend: '{{alertname}} {{severity}} {{alertstate}}',
            meaning: severity,
            mayBeEmpty: true,
          })),
          width: 24,
          height: 8,
        },
      ],
    },
  ],
};
