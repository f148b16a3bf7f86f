import type { Row } from '../panel.ts';

const perStatement = (metric: string): string =>
  `sum by (node, queryid) (rate(pg_stat_statements_${metric}_total{service=~"$service"}[1m]))`;

export const database: Row = {
  title: 'Database (level 2 and up)',
  fromLevel: 2,
  panels: [
    {
      title: 'Slowest statements',
      description:
        'The five with the longest mean inside PostgreSQL, over a minute. Above the line SlowQueries is a ticket.',
      kind: 'timeseries',
      unit: 's',
      queries: [
        {
          expr: `topk(5, ${perStatement('seconds')} / (${perStatement('calls')} > 0))`,
          legend: '{{node}} {{queryid}}',
          meaning: 'measure',
          shades: true,
        },
      ],
      thresholds: [{ value: 0.25, meaning: 'ticket' }],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Transactions',
      description: 'Committed and rolled back, per server.',
      kind: 'timeseries',
      unit: 'ops',
      queries: [
        {
          expr: 'rate(pg_stat_database_xact_commit{service=~"$service",datname="shop"}[30s])',
          legend: '{{node}} committed',
          meaning: 'measure',
          shades: true,
        },
        {
          expr: 'rate(pg_stat_database_xact_rollback{service=~"$service",datname="shop"}[30s])',
          legend: '{{node}} rolled back',
          meaning: 'bad',
          shades: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Oldest transaction',
      description: 'Per server. A long one holds a connection, locks and dead rows.',
      kind: 'timeseries',
      unit: 's',
      queries: [
        {
          expr: 'max by (node) (pg_stat_activity_max_tx_duration{service=~"$service",datname="shop"})',
          legend: '{{node}}',
          meaning: 'slow',
          shades: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
  ],
};
