import type { ComponentName } from '@firedrill/provision';
import type { Level, NodeKind } from '@firedrill/topology';
import { wireAlertmanager } from './alertmanager.ts';
import { wireBlackbox } from './blackbox.ts';
import { wireCollector } from './collector.ts';
import { wireDatabaseRouter } from './database-router.ts';
import { wireDocumentStore } from './document-store.ts';
import { wireEtcd } from './etcd.ts';
import { wireHaproxy } from './haproxy.ts';
import { wireJaeger } from './jaeger.ts';
import { wireLoadClient } from './load-client.ts';
import { wireLoki } from './loki.ts';
import { wireMigrate } from './migrate.ts';
import { wireNodeExporter } from './node-exporter.ts';
import { onOwnDisk } from './own-disk.ts';
import { wirePatroni } from './patroni.ts';
import { wirePaymentProvider } from './payment-provider.ts';
import { wirePgbouncer } from './pgbouncer.ts';
import { wirePgbouncerExporter } from './pgbouncer-exporter.ts';
import { wirePostgres } from './postgres.ts';
import { wirePostgresExporter } from './postgres-exporter.ts';
import { wirePrometheus } from './prometheus.ts';
import { wireReceiver } from './receiver.ts';
import { wireShopApi } from './shop-api.ts';
import { wireToxiproxy } from './toxiproxy.ts';
import type { Wire, Wired, WiringContext } from './wiring.ts';

interface KindWiring {
  readonly wire: Wire;
  /** What it runs, first the program of the node itself; the shop's own processes need none. */
  readonly components?: readonly ComponentName[];
}

/** One wiring per kind. */
export const wirings: Readonly<Record<NodeKind, KindWiring>> = {
  postgres: { wire: wirePostgres, components: ['postgres'] },
  patroni: { wire: wirePatroni, components: ['patroni', 'postgres'] },
  etcd: { wire: wireEtcd, components: ['etcd'] },
  'database-router': { wire: wireDatabaseRouter, components: ['haproxy'] },
  pgbouncer: { wire: wirePgbouncer, components: ['pgbouncer'] },
  haproxy: { wire: wireHaproxy, components: ['haproxy'] },
  'shop-api': { wire: wireShopApi },
  'payment-provider': { wire: wirePaymentProvider },
  'document-store': { wire: wireDocumentStore, components: ['ferretdb'] },
  'load-client': { wire: wireLoadClient },
  prometheus: { wire: wirePrometheus, components: ['prometheus'] },
  alertmanager: { wire: wireAlertmanager, components: ['alertmanager'] },
  receiver: { wire: wireReceiver },
  loki: { wire: wireLoki, components: ['loki'] },
  collector: { wire: wireCollector, components: ['collector'] },
  jaeger: { wire: wireJaeger, components: ['jaeger'] },
  blackbox: { wire: wireBlackbox, components: ['blackbox'] },
  'postgres-exporter': { wire: wirePostgresExporter, components: ['postgres-exporter'] },
  'pgbouncer-exporter': { wire: wirePgbouncerExporter, components: ['pgbouncer-exporter'] },
  'node-exporter': { wire: wireNodeExporter, components: ['node-exporter'] },
};

/** Pure: the components that a level needs, the two that carry every lab first. */
export function componentsOf(level: Level): readonly ComponentName[] {
  const own = level.nodes.flatMap((node) => wirings[node.kind].components ?? []);
  return [...new Set<ComponentName>(['process-compose', 'toxiproxy', ...own])];
}

/** Pure: every process of a level. */
export function wireLevel(context: WiringContext): readonly Wired[] {
  const { level } = context;
  const nodes = level.nodes
    .map((node) => wirings[node.kind].wire(node, context))
    .filter((wired) => wired !== undefined)
    .map((wired) => onOwnDisk(wired, context));
  const migrations = level.nodes.some((node) => node.kind === 'shop-api') ? [wireMigrate(context)] : [];
  return [wireToxiproxy(context), ...migrations, ...nodes];
}
