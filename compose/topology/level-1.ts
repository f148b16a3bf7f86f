import { http, observed, sql } from './edges.ts';
import type { Level } from './level.ts';
import { monitoring, monitoringEdges, observers } from './monitoring.ts';

/** Everything on one of each: one API process on one PostgreSQL. When either goes, the shop stops. */
export const level1: Level = {
  number: 1,
  title: '10 RPS on one API and one PostgreSQL',
  service: 'shop-l1',
  seedRps: 10,
  labRps: 10,
  nodes: [
    { name: 'pg-1', kind: 'postgres', ports: ['sql'], role: 'user' },
    { name: 'payment-1', kind: 'payment-provider', ports: ['http'], role: 'user' },
    { name: 'api-1', kind: 'shop-api', ports: ['http'], role: 'user' },
    ...observers,
    ...monitoring,
  ],
  edges: [
    sql('api-1', 'pg-1'),
    http('api-1', 'payment-1'),
    observed('client-1', 'api-1'),
    ...monitoringEdges({
      scraped: ['api-1', 'payment-1'],
      probed: ['api-1', 'payment-1'],
      telling: ['api-1', 'payment-1'],
    }),
  ],
};
