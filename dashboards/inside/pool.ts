import type { Row } from '../panel.ts';

const ofShop = 'service=~"$service",database!="pgbouncer"';

export const pool: Row = {
  title: 'Pool (level 2 and up)',
  fromLevel: 2,
  panels: [
    {
      title: 'Clients that wait',
      description:
        'For a connection to the database. PoolSaturation is a ticket when they do so all the time.',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        {
          expr: `pgbouncer_pools_client_waiting_connections{${ofShop}}`,
          legend: '{{database}}',
          meaning: 'slow',
          shades: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 7,
    },
    {
      title: 'Server connections',
      description: 'Those that work for a client, beside those that the pool may have.',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        {
          expr: `pgbouncer_pools_server_active_connections{${ofShop}}`,
          legend: '{{database}} active',
          meaning: 'measure',
          shades: true,
        },
        {
          expr: 'pgbouncer_databases_pool_size{service=~"$service",name!="pgbouncer"}',
          legend: '{{name}} size',
          meaning: 'threshold',
          dashed: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 7,
    },
    {
      title: 'Time spent waiting',
      description: 'Seconds that all clients together waited, per second.',
      kind: 'timeseries',
      unit: 's',
      queries: [
        {
          expr: `rate(pgbouncer_stats_client_wait_seconds_total{${ofShop}}[30s])`,
          legend: '{{database}}',
          meaning: 'slow',
          shades: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 7,
    },
  ],
};
