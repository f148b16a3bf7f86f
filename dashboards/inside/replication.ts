import type { Row } from '../panel.ts';

export const replication: Row = {
  title: 'Replication and partitions (level 3 and up)',
  fromLevel: 3,
  panels: [
    {
      title: 'How far standbys are behind',
      description:
        "By the shop's own heartbeat. Above the first line the shop no longer reads there, above the second ReplicationLag is a ticket.",
      kind: 'timeseries',
      unit: 's',
      queries: [
        {
          expr: 'max by (replica) (shop_replica_staleness_seconds{service=~"$service"})',
          legend: '{{replica}}',
          meaning: 'measure',
          shades: true,
        },
      ],
      thresholds: [
        { value: 2, meaning: 'threshold' },
        { value: 5, meaning: 'ticket' },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Who serves the reads',
      description: 'Reads that may be stale go to a standby that is near enough, else to the primary.',
      kind: 'timeseries',
      unit: 'reqps',
      queries: [
        {
          expr: 'sum by (from) (rate(shop_reads_total{service=~"$service"}[30s]))',
          legend: '{{from}}',
          meaning: 'measure',
          shades: true,
        },
      ],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Partitions ahead',
      description:
        'Time until a table has no partition for a new row. Below the line PartitionsRunningOut is a ticket.',
      kind: 'timeseries',
      unit: 's',
      queries: [
        {
          expr: 'min by (table) (shop_partitions_ahead_seconds{service=~"$service"})',
          legend: '{{table}}',
          meaning: 'measure',
          shades: true,
        },
      ],
      thresholds: [{ value: 5400, meaning: 'ticket' }],
      minimum: 0,
      width: 8,
      height: 8,
    },
    {
      title: 'Who is the primary',
      description: '1 is a standby, 0 the primary; a server that does not answer has no line.',
      kind: 'timeseries',
      unit: 'short',
      queries: [
        {
          expr: 'pg_replication_is_replica{service=~"$service"}',
          legend: '{{node}}',
          meaning: 'measure',
          shades: true,
        },
      ],
      minimum: 0,
      width: 24,
      height: 5,
    },
  ],
};
