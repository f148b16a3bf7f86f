import type { ComponentName } from '@firedrill/provision';
import type { NodeKind } from '@firedrill/topology';

/** Paths of a component's programs in its official image. */
export const programs: Partial<Record<ComponentName, Readonly<Record<string, string>>>> = {
  postgres: Object.fromEntries(
    ['initdb', 'postgres', 'pg_isready', 'psql'].map((name) => [name, `/usr/lib/postgresql/18/bin/${name}`]),
  ),
  patroni: { patroni: '/usr/local/bin/patroni' },
  etcd: { etcd: '/usr/local/bin/etcd' },
  pgbouncer: { pgbouncer: '/usr/bin/pgbouncer' },
  haproxy: { haproxy: '/usr/local/sbin/haproxy' },
  toxiproxy: { 'toxiproxy-server': '/toxiproxy', 'toxiproxy-cli': '/toxiproxy-cli' },
  prometheus: { prometheus: '/bin/prometheus', promtool: '/bin/promtool' },
  alertmanager: { alertmanager: '/bin/alertmanager', amtool: '/bin/amtool' },
  loki: { loki: '/usr/bin/loki' },
  collector: { otelcol: '/otelcol-contrib' },
  jaeger: { 'jaeger-all-in-one': '/go/bin/all-in-one-linux' },
  blackbox: { blackbox_exporter: '/bin/blackbox_exporter' },
  'postgres-exporter': { postgres_exporter: '/bin/postgres_exporter' },
  'pgbouncer-exporter': { pgbouncer_exporter: '/bin/pgbouncer_exporter' },
  'node-exporter': { node_exporter: '/bin/node_exporter' },
  ferretdb: { ferretdb: '/ferretdb' },
};

/** An image that is built from this repository. */
export interface OwnImage {
  readonly name: string;
  /** From the checkout's folder, which is the build's context. */
  readonly dockerfile: string;
}

const shop: OwnImage = { name: 'firedrill-shop', dockerfile: 'target-app/Dockerfile' };
const firedrill: OwnImage = { name: 'firedrill', dockerfile: 'compose/Dockerfile' };

/** What is true of a kind only where it runs in a container. */
export interface ContainerKind {
  readonly own?: OwnImage;
  /** The component's image of the table is built from this file of the checkout: nobody publishes one. */
  readonly dockerfile?: string;
  /** Other than natively it is this program. */
  readonly instead?: { readonly image: string; readonly argv: readonly string[] };
  /** Port name → the port that everybody knows it by. */
  readonly ports: Readonly<Record<string, number>>;
  /** Ports that the runner, the checker or a person asks from the host, on 127.0.0.1. */
  readonly published?: readonly string[];
  /** Asked inside the container, in exec form: most of these images have no shell. Absent where the image has no asker. */
  readonly healthcheck?: readonly string[];
  /** Others start when the first of its kind is healthy: the one-shot that makes the shop's tables, Patroni. */
  readonly waitedFor?: boolean;
  readonly memory: string;
  /** Folder below the node's own → the image's folder of a volume, writable for the image's user. */
  readonly data?: Readonly<Record<string, string>>;
  readonly user?: string;
  /** Started by a run and not by `up`. */
  readonly profile?: string;
}

const getOk = (port: number): readonly string[] => [
  'node',
  '--eval',
  `fetch('http://127.0.0.1:${port}/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`,
];

export const containerKinds: Readonly<Record<NodeKind, ContainerKind>> = {
  postgres: {
    ports: { sql: 5432 },
    published: ['sql'],
    healthcheck: ['pg_isready', '--quiet', '--host=127.0.0.1'],
    waitedFor: true,
    memory: '512m',
  },
  patroni: {
    dockerfile: 'compose/patroni.Dockerfile',
    ports: { sql: 5432, rest: 8008 },
    // A Python would cost fifty times as much.
    healthcheck: [
      '/bin/bash',
      '-c',
      "exec 3<>/dev/tcp/127.0.0.1/8008; printf 'GET /readiness HTTP/1.0\\r\\n\\r\\n' >&3; grep -q '^HTTP/1.0 200 ' <&3",
    ],
    waitedFor: true,
    memory: '512m',
  },
  etcd: {
    ports: { client: 2379, peer: 2380, metrics: 2381 },
    healthcheck: ['/usr/local/bin/etcdctl', '--endpoints=http://127.0.0.1:2379', 'endpoint', 'health'],
    waitedFor: true,
    memory: '128m',
    data: { data: '/etcd-data' },
  },
  'database-router': { ports: { sql: 5000, metrics: 8405 }, memory: '64m' },
  pgbouncer: { ports: { sql: 6432 }, memory: '64m' },
  haproxy: { ports: { http: 8080, metrics: 8405 }, memory: '128m' },
  'shop-api': { own: shop, ports: { http: 8080 }, healthcheck: getOk(8080), memory: '384m' },
  'payment-provider': {
    own: shop,
    ports: { http: 8081 },
    published: ['http'],
    healthcheck: getOk(8081),
    memory: '256m',
  },
  // What it speaks natively, by who made it. Its image's one asker takes a second of a core each time.
  'document-store': {
    instead: {
      image: 'mongo:8.0.17',
      argv: [
        'mongod',
        '--bind_ip_all',
        '--port',
        '27017',
        '--dbpath',
        '/data/db',
        '--wiredTigerCacheSizeGB',
        '0.25',
      ],
    },
    ports: { mongodb: 27017 },
    memory: '512m',
    data: { data: '/data/db' },
    user: 'mongodb',
  },
  'load-client': { own: firedrill, ports: { metrics: 9100 }, memory: '384m', profile: 'run' },
  receiver: {
    own: firedrill,
    ports: { http: 8082 },
    published: ['http'],
    healthcheck: getOk(8082),
    memory: '192m',
  },
  prometheus: {
    ports: { http: 9090 },
    published: ['http'],
    healthcheck: ['/bin/promtool', 'check', 'ready'],
    memory: '512m',
    data: { data: '/prometheus' },
  },
  alertmanager: {
    ports: { http: 9093 },
    published: ['http'],
    healthcheck: ['/bin/amtool', '--alertmanager.url=http://127.0.0.1:9093', 'alert', 'query'],
    memory: '128m',
    data: { data: '/alertmanager' },
  },
  loki: {
    ports: { http: 3100, grpc: 9096 },
    published: ['http'],
    memory: '512m',
    data: { data: '/loki', 'rules-temp': '/loki/rules-temp' },
  },
  // PostgreSQL writes its logs for its own user alone; the collector reads them.
  collector: { ports: { 'otlp-http': 4318, health: 13133 }, memory: '384m', user: '0:0' },
  jaeger: {
    ports: {
      query: 16686,
      'otlp-http': 4318,
      admin: 14269,
      'otlp-grpc': 4317,
      grpc: 14250,
      'thrift-http': 14268,
      'agent-http': 5778,
      'compact-udp': 6831,
      'binary-udp': 6832,
      'zipkin-udp': 5775,
    },
    published: ['query'],
    healthcheck: ['/go/bin/all-in-one-linux', 'status'],
    memory: '512m',
  },
  blackbox: { ports: { http: 9115 }, memory: '64m' },
  'postgres-exporter': { ports: { http: 9187 }, memory: '64m' },
  'pgbouncer-exporter': { ports: { http: 9127 }, memory: '64m' },
  'node-exporter': { ports: { http: 9100 }, memory: '64m' },
};
