import { readinessModule } from '@firedrill/alerts';
import { type Clock, clientScrapeSeconds, formatDuration } from '@firedrill/slo';
import type { Edge, Level, NodeKind } from '@firedrill/topology';
import { listenPort, loopback, through, throughUrl } from './ports.ts';
import { sqlEdgesOf } from './sql-edges.ts';
import type { WiringContext } from './wiring.ts';

interface Scrape {
  readonly job: string;
  /** By the clock, seconds, where the SLIs are measured. */
  readonly interval: string | Readonly<Record<Clock, number>>;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  /** Only these of its metrics, where it has hundreds that nobody asks for. */
  readonly keep?: readonly string[];
}

/** How each kind is scraped, and under which job. Kinds that are not named here are not scraped. */
const scraped: Partial<Record<NodeKind, Scrape>> = {
  'load-client': { job: 'client', interval: clientScrapeSeconds },
  'shop-api': { job: 'api', interval: '1s' },
  'payment-provider': { job: 'payment', interval: '1s' },
  haproxy: { job: 'edge', interval: '1s', params: { scope: ['frontend', 'backend', 'server'] } },
  'pgbouncer-exporter': { job: 'pgbouncer', interval: '1s' },
  'postgres-exporter': { job: 'postgres', interval: '2s' },
  'node-exporter': { job: 'host', interval: '2s' },
  // Those who watch are watched: what they say of themselves, and that they answer at all.
  loki: {
    job: 'loki',
    interval: '2s',
    keep: [
      'loki_prometheus_rule_evaluation_failures_total',
      'loki_prometheus_rule_group_last_evaluation_timestamp_seconds',
    ],
  },
  alertmanager: { job: 'alertmanager', interval: '2s', keep: ['alertmanager_notifications_failed_total'] },
  blackbox: { job: 'blackbox', interval: '2s', keep: ['blackbox_module_unknown_total'] },
  receiver: { job: 'pager', interval: '2s' },
  'database-router': { job: 'router', interval: '2s', params: { scope: ['frontend', 'backend', 'server'] } },
  patroni: { job: 'patroni', interval: '2s' },
  etcd: { job: 'etcd', interval: '2s' },
};

/** Longer than the probe's own time-out, or a slow answer would leave no sample at all. */
const probeInterval = '3s';

interface StaticConfig {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

const kindOf = (level: Level, name: string): NodeKind | undefined =>
  level.nodes.find((node) => node.name === name)?.kind;

/** The labels that every series of a node carries; the quiet history carries the same. */
const labelsOf = (level: Level, instance: string) => ({
  instance,
  service: level.service,
  level: String(level.number),
});

/** Parts that tell their own figures, and stand beside others of which an exporter tells. */
const tellsItself: readonly (NodeKind | undefined)[] = ['haproxy', 'database-router', 'patroni', 'etcd'];

/** `node`: whose figures these are, where an exporter tells those of another. */
function watchedBy(level: Level, name: string): Readonly<Record<string, string>> {
  if (tellsItself.includes(kindOf(level, name))) return { node: name };
  const [watched] = sqlEdgesOf(level, name).filter(({ plane }) => plane === 'telemetry');
  return watched === undefined ? {} : { node: watched.to };
}

/** Pure: Prometheus' scrape_configs for the edges that leave it and for those that leave Blackbox. */
export function scrapeConfigs(prometheus: string, context: WiringContext): readonly object[] {
  const { level, state } = context;
  const target = (edge: Edge): StaticConfig => ({
    targets: [through(context, edge.name)],
    labels: { ...labelsOf(level, edge.to), ...watchedBy(level, edge.to) },
  });
  const leaving = level.edges.filter((edge) => edge.from === prometheus && edge.protocol === 'http');
  const jobs = Object.entries(scraped).flatMap(([kind, { job, params, keep, ...how }]) => {
    const interval =
      typeof how.interval === 'string' ? how.interval : formatDuration(how.interval[state.clock]);
    const edges = leaving.filter((edge) => kindOf(level, edge.to) === kind);
    if (edges.length === 0) return [];
    return [
      {
        job_name: job,
        scrape_interval: interval,
        scrape_timeout: interval,
        ...(params === undefined ? {} : { params }),
        static_configs: edges.map(target),
        ...(keep === undefined
          ? {}
          : {
              metric_relabel_configs: [
                { source_labels: ['__name__'], regex: keep.join('|'), action: 'keep' },
              ],
            }),
      },
    ];
  });
  const probers = leaving.filter((edge) => kindOf(level, edge.to) === 'blackbox');
  const self = {
    job_name: 'prometheus',
    scrape_interval: '5s',
    static_configs: [
      { targets: [loopback(listenPort(state, prometheus, 'http'))], labels: labelsOf(level, prometheus) },
    ],
  };
  return [...jobs, ...probers.map((edge) => probeConfig(edge, context)), self];
}

/** Each node that a Blackbox exporter reaches: asked by its readiness, through the exporter's own edge to it. */
function probeConfig(toProber: Edge, context: WiringContext): object {
  const { level } = context;
  const probed = level.edges.filter((edge) => edge.from === toProber.to);
  return {
    job_name: 'probe',
    scrape_interval: probeInterval,
    metrics_path: '/probe',
    params: { module: [readinessModule] },
    static_configs: probed.map((edge) => ({
      targets: [through(context, toProber.name)],
      labels: {
        ...labelsOf(level, edge.to),
        __param_target: `${throughUrl(context, edge.name)}/readyz`,
      },
    })),
  };
}
