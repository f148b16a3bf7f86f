import type { Panel, PanelQuery, Row } from '../panel.ts';

const panel = (
  title: string,
  description: string,
  unit: Panel['unit'],
  queries: readonly PanelQuery[],
): Panel => ({ title, description, kind: 'timeseries', unit, queries, minimum: 0, width: 8, height: 8 });

const perServer = (metric: string): PanelQuery['expr'] => `${metric}{service=~"$service"}`;

const pages = (how: 'hit' | 'read'): string =>
  `sum by (node) (rate(pg_stat_database_blks_${how}{service=~"$service",datname="shop"}[1m]))`;

/** Who leads, what that rests on, and how the store of it is. */
export const cluster: Row = {
  title: 'Cluster (level 4 and up)',
  fromLevel: 4,
  panels: [
    panel(
      'Who leads',
      '1 for the leader. No line at 1: nothing can be written (DatabaseNoLeader).',
      'short',
      [{ expr: perServer('patroni_primary'), legend: '{{node}}', meaning: 'good', shades: true }],
    ),
    panel(
      'Who confirms commits',
      '1 for the synchronous standby. No line at 1: every commit waits (SynchronousStandbyMissing).',
      'short',
      [{ expr: perServer('patroni_sync_standby'), legend: '{{node}}', meaning: 'good', shades: true }],
    ),
    panel('Timeline', 'It grows by one when another server takes the writes over (LeaderChanged).', 'short', [
      { expr: perServer('patroni_postgres_timeline'), legend: '{{node}}', meaning: 'measure', shades: true },
    ]),
    panel(
      'WAL not yet replayed',
      "What the leader has flushed and a standby's readers do not see yet. No line: there is no leader.",
      'bytes',
      [
        {
          expr: 'clamp_min(max by (service) (patroni_xlog_location{service=~"$service"} > 0) - on (service) group_right () (patroni_xlog_replayed_location{service=~"$service"} > 0), 0)',
          legend: '{{node}}',
          meaning: 'slow',
          shades: true,
        },
      ],
    ),
    panel(
      'Patroni without etcd',
      'How long ago each last reached the store. A leader gives up its place after 3 s of trying in vain.',
      's',
      [
        {
          expr: 'time() - patroni_dcs_last_seen{service=~"$service"}',
          legend: '{{node}}',
          meaning: 'slow',
          shades: true,
        },
      ],
    ),
    panel(
      'etcd: members that have a leader',
      'Two are enough to agree; below that nobody can lead (EtcdNoLeader). Dashed: changes of their own leader in a minute.',
      'short',
      [
        {
          expr: 'sum by (service) (etcd_server_has_leader{service=~"$service"}) or 0 * sum by (service) (up{service=~"$service",job="etcd"})',
          legend: 'members',
          meaning: 'good',
        },
        {
          expr: 'max by (service) (increase(etcd_server_leader_changes_seen_total{service=~"$service"}[1m]))',
          legend: 'changes',
          meaning: 'slow',
          dashed: true,
        },
      ],
    ),
    panel(
      'etcd: p99 of a write to its disk',
      'What each agreement waits for. Over 0.1 s its members lose patience.',
      's',
      [
        {
          expr: 'histogram_quantile(0.99, sum by (node, le) (rate(etcd_disk_wal_fsync_duration_seconds_bucket{service=~"$service"}[1m])))',
          legend: '{{node}}',
          meaning: 'slow',
          shades: true,
        },
      ],
    ),
    panel(
      'Where the router leads',
      '1 for a server that takes the writes, by what Patroni told it.',
      'short',
      [
        {
          expr: 'haproxy_server_status{service=~"$service",proxy="leader",state="UP"}',
          legend: '{{server}}',
          meaning: 'good',
          shades: true,
        },
      ],
    ),
    panel('Connections through the router', 'From the pool to the leader.', 'short', [
      {
        expr: 'haproxy_server_current_sessions{service=~"$service",proxy="leader"}',
        legend: '{{server}}',
        meaning: 'measure',
        shades: true,
      },
    ]),
    panel(
      'Who shows customers their own',
      'A standby that has it, the leader, a standby after a wait for it. Refused: 503, for nobody could.',
      'reqps',
      [
        {
          expr: 'sum by (how) (rate(shop_own_reads_total{service=~"$service"}[30s]))',
          legend: '{{how}}',
          meaning: 'measure',
          shades: true,
        },
      ],
    ),
    panel(
      'Pages found in memory',
      "Of those that a server's statements asked for. The rest came from its disk, or the system's cache of it.",
      'percentunit',
      [
        {
          expr: `${pages('hit')} / (${pages('hit')} + ${pages('read')} > 0)`,
          legend: '{{node}}',
          meaning: 'measure',
          shades: true,
        },
      ],
    ),
  ],
};
