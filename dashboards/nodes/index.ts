import type { Level, NodeKind } from '@firedrill/topology';
import type { Row } from '../panel.ts';
import { etcd } from './etcd.ts';
import { databaseRouter, haproxy } from './haproxy.ts';
import { paymentProvider, shopApi } from './node-js.ts';
import { pgbouncer } from './pgbouncer.ts';
import { postgres } from './postgres.ts';
import { postgresSeenByCallers } from './postgres-seen-by-callers.ts';
import { type UseOf, usePanels } from './use.ts';

interface Known {
  readonly use: UseOf;
  /** Its figures come from an exporter. */
  readonly exporter?: NodeKind;
  /** At a level that has no such exporter. */
  readonly without?: UseOf;
}

/** The kinds of which utilisation, saturation and errors can be told. */
const kinds: Partial<Record<NodeKind, Known>> = {
  haproxy: { use: haproxy },
  'shop-api': { use: shopApi },
  'payment-provider': { use: paymentProvider },
  pgbouncer: { use: pgbouncer, exporter: 'pgbouncer-exporter' },
  'database-router': { use: databaseRouter },
  postgres: { use: postgres, exporter: 'postgres-exporter', without: postgresSeenByCallers },
  patroni: { use: postgres, exporter: 'postgres-exporter' },
  etcd: { use: etcd },
};

/** Pure: a row for each node of the shop, from the users inwards: what it does, what waits for it, what it failed. */
export function nodeRows(level: Level): readonly Row[] {
  const has = (kind: NodeKind): boolean => level.nodes.some((node) => node.kind === kind);
  const order = Object.keys(kinds);
  return level.nodes
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .flatMap(({ name, kind }) => {
      const known = kinds[kind];
      if (known === undefined) return [];
      const use = known.exporter === undefined || has(known.exporter) ? known.use : known.without;
      return use === undefined ? [] : [{ title: name, panels: usePanels(name, use(name)) }];
    });
}
