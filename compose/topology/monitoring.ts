import type { Edge } from './edge.ts';
import { observed, scrape } from './edges.ts';
import type { Node } from './node.ts';

/** Who stands for the users, and who takes the pages. */
export const observers: readonly Node[] = [
  { name: 'client-1', kind: 'load-client', ports: ['metrics'], role: 'observer' },
  { name: 'receiver-1', kind: 'receiver', ports: ['http'], role: 'observer' },
];

/** What every level is watched by. */
export const monitoring: readonly Node[] = [
  { name: 'prometheus-1', kind: 'prometheus', ports: ['http'], role: 'monitoring' },
  { name: 'alertmanager-1', kind: 'alertmanager', ports: ['http'], role: 'monitoring' },
  { name: 'loki-1', kind: 'loki', ports: ['http', 'grpc'], role: 'monitoring' },
  { name: 'collector-1', kind: 'collector', ports: ['otlp-http', 'health'], role: 'monitoring' },
  {
    name: 'jaeger-1',
    kind: 'jaeger',
    // The all-in-one opens all of these; those that nobody uses need a port too, or two labs would meet on the defaults.
    ports: [
      'query',
      'otlp-http',
      'admin',
      'otlp-grpc',
      'grpc',
      'thrift-http',
      'agent-http',
      'compact-udp',
      'binary-udp',
      'zipkin-udp',
    ],
    role: 'monitoring',
  },
  { name: 'blackbox-1', kind: 'blackbox', ports: ['http'], role: 'monitoring' },
];

/** Nodes by the way in which they are watched. */
export interface Watched {
  /** Prometheus asks them for their metrics; `name/port` where the port is not `http`. */
  readonly scraped: readonly string[];
  /** Blackbox asks them whether they are ready. */
  readonly probed: readonly string[];
  /** They send traces and logs. */
  readonly telling: readonly string[];
}

function scraped(target: string): Edge {
  const [node = '', port = 'http'] = target.split('/');
  return scrape('prometheus-1', node, port);
}

/** The edges of {@link monitoring} and {@link observers}. */
export function monitoringEdges(watched: Watched): readonly Edge[] {
  return [
    observed('prometheus-1', 'client-1', 'metrics'),
    ...watched.scraped.map(scraped),
    scrape('prometheus-1', 'blackbox-1'),
    scrape('prometheus-1', 'loki-1'),
    observed('prometheus-1', 'alertmanager-1'),
    observed('loki-1', 'alertmanager-1'),
    observed('alertmanager-1', 'receiver-1'),
    ...watched.probed.map((node) => scrape('blackbox-1', node)),
    // It tells no figures, and with it all logs end: its extension answers any path.
    scrape('blackbox-1', 'collector-1', 'health'),
    ...watched.telling.map((node) => scrape(node, 'collector-1', 'otlp-http')),
    scrape('collector-1', 'loki-1'),
    scrape('collector-1', 'jaeger-1', 'otlp-http'),
    observed('prometheus-1', 'receiver-1'),
  ];
}
