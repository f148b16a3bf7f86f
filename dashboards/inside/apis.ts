import type { Row } from '../panel.ts';

const requests = (filter: string): string =>
  `sum by (instance) (rate(http_server_request_duration_seconds_count{service=~"$service",job="api"${filter}}[30s]))`;

/** Rate, errors and duration of each API, by its own word. */
export const apis: Row = {
  title: 'APIs',
  panels: [
    {
      title: 'Requests per API',
      description: 'As each counts them itself: a dead one counts nothing.',
      kind: 'timeseries',
      unit: 'reqps',
      queries: [
        { expr: requests(''), legend: '{{instance}}', meaning: 'measure', shades: true },
        {
          expr: requests(',http_response_status_code=~"5.."'),
          legend: '{{instance}} 5xx',
          meaning: 'bad',
          shades: true,
          mayBeEmpty: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'p99 per API',
      description: 'Inside the process; what waits to be accepted is not in it.',
      kind: 'timeseries',
      unit: 's',
      queries: [
        {
          expr: 'histogram_quantile(0.99, sum by (instance, le) (rate(http_server_request_duration_seconds_bucket{service=~"$service",job="api"}[30s])))',
          legend: '{{instance}}',
          meaning: 'measure',
          shades: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Connections of the APIs',
      description: "Of each API's own pools: callers that wait, and connections that work.",
      kind: 'timeseries',
      unit: 'short',
      queries: [
        {
          expr: 'sum by (instance, pool) (shop_database_pool_connections{service=~"$service",state="waiting"})',
          legend: '{{instance}} {{pool}} waiting',
          meaning: 'slow',
          shades: true,
        },
        {
          expr: 'sum by (instance, pool) (shop_database_pool_connections{service=~"$service",state="total"}) - sum by (instance, pool) (shop_database_pool_connections{service=~"$service",state="idle"})',
          legend: '{{instance}} {{pool}} busy',
          meaning: 'measure',
          shades: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
  ],
};
