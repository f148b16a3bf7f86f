import { http, observed, sql, sqlScrape } from './edges.ts';
import type { Level } from './level.ts';
import { monitoring, monitoringEdges, observers } from './monitoring.ts';

const servers = ['pg-1', 'pg-2', 'pg-3'];
const exporterOf = (server: string): string => server.replace('pg-', 'pg-exporter-');

/** Two streaming replicas take the reads. When the primary goes, writes stop until somebody promotes one. */
export const level3: Level = {
  number: 3,
  title: '1K RPS with two streaming replicas, promotion by hand',
  service: 'shop-l3',
  seedRps: 1000,
  labRps: 50,
  nodes: [
    { name: 'pg-1', kind: 'postgres', ports: ['sql'], role: 'user' },
    { name: 'pg-2', kind: 'postgres', ports: ['sql'], role: 'user', follows: 'pg-1' },
    { name: 'pg-3', kind: 'postgres', ports: ['sql'], role: 'user', follows: 'pg-1' },
    { name: 'pgbouncer-1', kind: 'pgbouncer', ports: ['sql'], role: 'user' },
    { name: 'payment-1', kind: 'payment-provider', ports: ['http'], role: 'user' },
    { name: 'api-1', kind: 'shop-api', ports: ['http'], role: 'user' },
    { name: 'api-2', kind: 'shop-api', ports: ['http'], role: 'user' },
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
    http('edge-1', 'api-1'),
    http('edge-1', 'api-2'),
    sql('api-1', 'pgbouncer-1'),
    sql('api-2', 'pgbouncer-1'),
    http('api-1', 'payment-1'),
    http('api-2', 'payment-1'),
    ...servers.map((server) => sql('pgbouncer-1', server)),
    // Any of the three may be the primary after a promotion, so each can follow each.
    ...servers.flatMap((from) => servers.filter((to) => to !== from).map((to) => sql(from, to))),
    observed('client-1', 'edge-1'),
    ...monitoringEdges({
      scraped: [
        'api-1',
        'api-2',
        'payment-1',
        'edge-1/metrics',
        ...servers.map(exporterOf),
        'pgbouncer-exporter-1',
        'host-exporter-1',
      ],
      probed: ['edge-1', 'api-1', 'api-2', 'payment-1'],
      telling: ['api-1', 'api-2', 'payment-1'],
    }),
    ...servers.map((server) => sqlScrape(exporterOf(server), server)),
    sqlScrape('pgbouncer-exporter-1', 'pgbouncer-1'),
  ],
};
