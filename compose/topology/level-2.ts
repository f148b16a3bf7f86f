import { http, observed, sql, sqlScrape } from './edges.ts';
import type { Level } from './level.ts';
import { monitoring, monitoringEdges, observers } from './monitoring.ts';

/** Two API processes behind a load balancer share one PostgreSQL through a pool: one API may die, the pool may run dry. */
export const level2: Level = {
  number: 2,
  title: '100 RPS on two APIs behind HAProxy, one pooled PostgreSQL',
  service: 'shop-l2',
  seedRps: 100,
  labRps: 50,
  nodes: [
    { name: 'pg-1', kind: 'postgres', ports: ['sql'], role: 'user' },
    { name: 'pgbouncer-1', kind: 'pgbouncer', ports: ['sql'], role: 'user' },
    { name: 'payment-1', kind: 'payment-provider', ports: ['http'], role: 'user' },
    { name: 'api-1', kind: 'shop-api', ports: ['http'], role: 'user' },
    { name: 'api-2', kind: 'shop-api', ports: ['http'], role: 'user' },
    { name: 'edge-1', kind: 'haproxy', ports: ['http', 'metrics'], role: 'user' },
    ...observers,
    ...monitoring,
    { name: 'pg-exporter-1', kind: 'postgres-exporter', ports: ['http'], role: 'monitoring' },
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
    sql('pgbouncer-1', 'pg-1'),
    observed('client-1', 'edge-1'),
    ...monitoringEdges({
      scraped: [
        'api-1',
        'api-2',
        'payment-1',
        'edge-1/metrics',
        'pg-exporter-1',
        'pgbouncer-exporter-1',
        'host-exporter-1',
      ],
      probed: ['edge-1', 'api-1', 'api-2', 'payment-1'],
      telling: ['api-1', 'api-2', 'payment-1'],
    }),
    sqlScrape('pg-exporter-1', 'pg-1'),
    sqlScrape('pgbouncer-exporter-1', 'pgbouncer-1'),
  ],
};
