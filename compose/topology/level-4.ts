import { advertised, control, http, observed, shared, sql, sqlScrape } from './edges.ts';
import type { Level } from './level.ts';
import { monitoring, monitoringEdges, observers } from './monitoring.ts';

const apis = ['api-1', 'api-2'];
const servers = ['pg-1', 'pg-2', 'pg-3'];
const store = ['etcd-1', 'etcd-2', 'etcd-3'];
const exporterOf = (server: string): string => server.replace('pg-', 'pg-exporter-');
const others = (all: readonly string[], one: string): readonly string[] => all.filter((name) => name !== one);

/** Patroni promotes a standby by itself when the leader goes; no commit is acknowledged before a second server has it. */
export const level4: Level = {
  number: 4,
  title: '10K RPS with automatic failover, synchronous commit, private networks',
  service: 'shop-l4',
  seedRps: 10_000,
  labRps: 50,
  nodes: [
    ...store.map((name) => ({
      name,
      kind: 'etcd' as const,
      ports: ['client', 'peer', 'metrics'],
      role: 'user' as const,
    })),
    ...servers.map((name) => ({
      name,
      kind: 'patroni' as const,
      ports: ['sql', 'rest'],
      role: 'user' as const,
    })),
    { name: 'router-1', kind: 'database-router', ports: ['sql', 'metrics'], role: 'user' },
    { name: 'pgbouncer-1', kind: 'pgbouncer', ports: ['sql'], role: 'user' },
    { name: 'payment-1', kind: 'payment-provider', ports: ['http'], role: 'user' },
    ...apis.map((name) => ({ name, kind: 'shop-api' as const, ports: ['http'], role: 'user' as const })),
    { name: 'edge-1', kind: 'haproxy', ports: ['http', 'metrics'], role: 'user' },
    ...observers,
    ...monitoring,
    ...servers.map((server) => ({
      name: exporterOf(server),
      kind: 'postgres-exporter' as const,
      ports: ['http'],
      role: 'monitoring' as const,
    })),
    { name: 'pgbouncer-exporter-1', kind: 'pgbouncer-exporter', ports: ['http'], role: 'monitoring' },
    { name: 'host-exporter-1', kind: 'node-exporter', ports: ['http'], role: 'monitoring' },
  ],
  edges: [
    ...apis.map((api) => http('edge-1', api)),
    ...apis.map((api) => sql(api, 'pgbouncer-1')),
    ...apis.map((api) => http(api, 'payment-1')),
    // Writes go where the router finds the leader; a read names its server, for it must know whose data it sees.
    sql('pgbouncer-1', 'router-1'),
    ...servers.map((server) => sql('pgbouncer-1', server)),
    ...servers.map((server) => sql('router-1', server)),
    ...servers.map((server) => control('router-1', server, 'rest')),
    // Cut in this order, too: a leader that sees its standbys go, and still reaches the store, writes there that nobody may take over.
    ...servers.flatMap((from) => store.map((to) => http(from, to, 'client'))),
    ...servers.flatMap((from) => others(servers, from).map((to) => advertised(sql(from, to)))),
    ...servers.flatMap((from) => others(servers, from).map((to) => advertised(control(from, to, 'rest')))),
    ...store.map((to) => shared(others(store, to), to, 'peer')),
    observed('client-1', 'edge-1'),
    ...monitoringEdges({
      scraped: [
        ...apis,
        'payment-1',
        'edge-1/metrics',
        'router-1/metrics',
        ...servers.map((server) => `${server}/rest`),
        ...store.map((member) => `${member}/metrics`),
        ...servers.map(exporterOf),
        'pgbouncer-exporter-1',
        'host-exporter-1',
      ],
      probed: ['edge-1', ...apis, 'payment-1'],
      telling: [...apis, 'payment-1'],
    }),
    ...servers.map((server) => sqlScrape(exporterOf(server), server)),
    sqlScrape('pgbouncer-exporter-1', 'pgbouncer-1'),
  ],
  privateNetworks: [
    {
      name: 'edge',
      nodes: ['edge-1', ...apis],
      // The users come in, the provider is somebody else's, and the pool is the one door to the data.
      crossings: [
        'client-1:edge-1',
        ...apis.map((api) => `${api}:payment-1`),
        ...apis.map((api) => `${api}:pgbouncer-1`),
      ],
    },
    {
      name: 'data',
      nodes: ['pgbouncer-1', 'router-1', ...servers, ...store],
      crossings: apis.map((api) => `${api}:pgbouncer-1`),
    },
  ],
};
