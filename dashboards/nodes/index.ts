import type { Level, NodeKind } from '@firedrill/topology';
import type { Row } from '../panel.ts';
import { haproxy } from './haproxy.ts';
import { paymentProvider, shopApi } from './node-js.ts';
import { pgbouncer } from './pgbouncer.ts';
import { postgres } from './postgres.ts';
import { type UseOf, usePanels } from './use.ts';

interface Known {
  readonly use: UseOf;
  /** Its figures come from an exporter that lower levels have not. */
  readonly exporter?: NodeKind;
}

/** The kinds of which utilisation, saturation and errors can be told. */
const kinds: Partial<Record<NodeKind, Known>> = {
  haproxy: { use: haproxy },
  'shop-api': { use: shopApi },
  'payment-provider': { use: paymentProvider },
  pgbouncer: { use: pgbouncer, exporter: 'pgbouncer-exporter' },
  postgres: { use: postgres, exporter: 'postgres-exporter' },
  patroni: { use: postgres, exporter: 'postgres-exporter' },
};

/** Pure: a row for each node of the shop, from the users inwards: what it does, what waits for it, what it failed. */
export function nodeRows(level: Level): readonly Row[] {
  const has = (kind: NodeKind): boolean => level.nodes.some((node) => node.kind === kind);
  const order = Object.keys(kinds);
  return level.nodes
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .flatMap(({ name, kind }) => {
      const known = kinds[kind];
      if (known === undefined || (known.exporter !== undefined && !has(known.exporter))) return [];
      return [{ title: name, panels: usePanels(name, known.use(name)) }];
    });
}
