import type { Panel } from './panel.ts';

/** Rate, errors and duration where they count: as the load client saw them. */
export const users = (width: number): readonly Panel[] => [
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
    width,
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
    width,
    height: 8,
  },
];
