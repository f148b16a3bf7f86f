import type { UseOf } from './use.ts';

/** A database server, as its exporter sees it. */
export const postgres: UseOf = (node) => {
  const of = `service=~"$service",node="${node}",datname="shop"`;
  return {
    utilisation: {
      description: 'Connections by what they do.',
      unit: 'short',
      queries: [
        {
          expr: `sum(pg_stat_activity_count{${of},state="active"})`,
          legend: 'active',
          meaning: 'measure',
        },
        {
          expr: `sum(pg_stat_activity_count{${of}})`,
          legend: 'all',
          meaning: 'measure',
          dashed: true,
        },
      ],
    },
    saturation: {
      description: 'Age of its oldest transaction: what waits for a lock, a disk or a standby grows old.',
      unit: 's',
      queries: [{ expr: `max(pg_stat_activity_max_tx_duration{${of}})`, legend: 'oldest', meaning: 'slow' }],
    },
    errors: {
      description: 'Transactions that were rolled back.',
      unit: 'ops',
      queries: [
        {
          expr: `rate(pg_stat_database_xact_rollback{${of}}[30s])`,
          legend: 'rolled back',
          meaning: 'bad',
        },
      ],
    },
  };
};
