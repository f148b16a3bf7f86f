import { alertsOverTime } from './alerts-over-time.ts';
import { syntheticHistory } from './annotations.ts';
import { burnLine, burnQueries, legs, ratioOver } from './burn-rate.ts';
import type { Dashboard, Panel } from './panel.ts';

interface SloName {
  /** `checkout-availability`, the same at every level. */
  readonly name: string;
  readonly alert: string;
  readonly description: string;
}

/** One objective whole: what is left of its budget, how fast each window burns it, and what that raised. */
export function sloDetail({ name, alert, description }: SloName): Dashboard {
  const of = `sloth_service=~"$service",sloth_slo="${name}"`;
  const stat = (
    title: string,
    text: string,
    expr: string,
    steps: Pick<Panel, 'base' | 'thresholds'>,
  ): Panel => ({
    title,
    description: text,
    kind: 'stat',
    unit: 'percentunit',
    queries: [{ expr, legend: '{{sloth_service}}', meaning: 'good' }],
    ...steps,
    width: 6,
    height: 5,
    runbook: alert,
  });
  const burn = (leg: number): Panel => {
    const { severity, speed, factor } = legs[leg]!;
    return {
      title: `Burn rate: ${severity}, ${speed}`,
      description: `The ${severity} fires while the long (solid) and the short (dashed) window are both over ${Number(factor.toFixed(2))}.`,
      kind: 'timeseries',
      unit: 'short',
      queries: burnQueries(leg, of),
      thresholds: [burnLine(leg)],
      minimum: 0,
      width: 12,
      height: 8,
      runbook: alert,
    };
  };
  return {
    uid: `slo-${name}`,
    title: `SLO: ${name}`,
    description,
    variables: [
      {
        name: 'service',
        label: 'Service',
        metric: `slo:objective:ratio{sloth_slo="${name}"}`,
        valuesOf: 'sloth_service',
      },
    ],
    annotations: [syntheticHistory],
    rows: [
      {
        title: 'Budget',
        panels: [
          stat('Objective', 'The share of requests that shall be good.', `slo:objective:ratio{${of}}`, {
            base: 'threshold',
          }),
          stat(
            'Budget left',
            "Of the period's budget: 30 days, on the drill clock 12 hours. Below 0 the objective is missed.",
            `slo:period_error_budget_remaining:ratio{${of}}`,
            {
              base: 'bad',
              thresholds: [
                { value: 0, meaning: 'slow' },
                { value: 0.5, meaning: 'good' },
              ],
            },
          ),
          {
            title: 'Budget left over time',
            description: 'It falls while requests fail and comes back only as old failures leave the period.',
            kind: 'timeseries',
            unit: 'percentunit',
            queries: [
              {
                expr: `slo:period_error_budget_remaining:ratio{${of}}`,
                legend: '{{sloth_service}}',
                meaning: 'good',
                shades: true,
              },
            ],
            thresholds: [{ value: 0, meaning: 'bad' }],
            width: 12,
            height: 5,
            runbook: alert,
          },
        ],
      },
      {
        title: 'Burn per window',
        panels: [
          {
            title: 'Error ratio',
            description: 'Of the shortest window, beside the ratio that just spends the budget.',
            kind: 'timeseries',
            unit: 'percentunit',
            queries: [
              {
                expr: ratioOver((pair) => pair.shortSeconds, 0, of),
                legend: '{{sloth_service}}',
                meaning: 'bad',
                shades: true,
              },
              {
                expr: `slo:error_budget:ratio{${of}}`,
                legend: 'budget {{sloth_service}}',
                meaning: 'threshold',
                dashed: true,
              },
            ],
            minimum: 0,
            width: 24,
            height: 7,
            runbook: alert,
          },
          ...legs.map((_, leg) => burn(leg)),
        ],
      },
      {
        title: 'Alerts',
        panels: [{ ...alertsOverTime(`,alertname="${alert}",service=~"$service"`), runbook: alert }],
      },
    ],
  };
}
