import { join } from 'node:path';
import { untouched } from '../levers/operations.ts';
import { settingsFile, settingsText } from '../levers/settings-file.ts';
import { migrateProcess } from './migrate.ts';
import { databaseOf } from './pgbouncer.ts';
import { listenPort, through, throughUrl } from './ports.ts';
import { shopDatabase } from './postgres.ts';
import { shopSources } from './shop-sources.ts';
import { serverEdgesOf, sqlEdgesOf } from './sql-edges.ts';
import type { Wire, WiringContext } from './wiring.ts';

/** Of one API: two of them want more than PgBouncer has, so that the pool can run dry. */
const pooledPoolSize = '8';

/** The databases by their URLs: straight, or through the pool; beside standbys each server too. */
function databases(name: string, context: WiringContext): Readonly<Record<string, string>> {
  const { level, state } = context;
  const [edge] = sqlEdgesOf(level, name);
  if (edge === undefined) return {};
  const url = (database: string) =>
    `postgres://${shopDatabase}:${state.secrets.postgresPassword}@${through(context, edge.name)}/${database}`;
  const behind = serverEdgesOf(level, edge.to).filter(({ plane }) => plane === 'data');
  const pooled = level.nodes.some((node) => node.name === edge.to && node.kind === 'pgbouncer');
  const replicas = pooled ? behind.map(({ to }) => `${to}=${url(databaseOf(to))}`) : [];
  return {
    SHOP_DATABASE_URL: url(shopDatabase),
    ...(pooled ? { SHOP_POOL_SIZE: pooledPoolSize } : {}),
    ...(replicas.length > 1 ? { SHOP_REPLICA_URLS: replicas.join(',') } : {}),
  };
}

/** Where feeds are kept, where that is not the database. */
function feeds(name: string, context: WiringContext): Readonly<Record<string, string>> {
  const edge = context.level.edges.find(({ from, protocol }) => from === name && protocol === 'mongodb');
  return edge === undefined ? {} : { SHOP_FEED_URL: `mongodb://${through(context, edge.name)}/feeds` };
}

/** One API process of the shop. It knows only the proxies of its edges. */
export const wireShopApi: Wire = (node, context) => {
  const { hosts, level, state, nodeJs } = context;
  const port = listenPort(state, node.name, 'http');
  const to = (target: string) => `${node.name}:${target}`;
  const { preload, api } = shopSources(state);
  return {
    name: node.name,
    files: [{ path: settingsFile, content: settingsText(untouched) }],
    preparations: [],
    argv: [nodeJs, '--import', preload, api],
    env: {
      NODE_NAME: node.name,
      SHOP_LEVEL: String(level.number),
      SHOP_HTTP_HOST: hosts.listen,
      SHOP_HTTP_PORT: String(port),
      ...databases(node.name, context),
      ...feeds(node.name, context),
      SHOP_PAYMENT_URL: throughUrl(context, to('payment-1')),
      SHOP_PAYMENT_TOKEN: state.secrets.paymentToken,
      SHOP_ADMIN_TOKEN: state.secrets.adminToken,
      SHOP_SETTINGS: join(state.home, node.name, settingsFile),
      OTEL_EXPORTER_OTLP_ENDPOINT: throughUrl(context, to('collector-1')),
      OTEL_TRACES_SAMPLER_ARG: '1',
    },
    probe: { kind: 'http', port, path: '/readyz' },
    dependsOn: { toxiproxy: 'started', [migrateProcess]: 'completed' },
  };
};
