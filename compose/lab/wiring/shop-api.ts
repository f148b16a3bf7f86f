import { migrateProcess } from './migrate.ts';
import { edgePort, listenPort, loopback, loopbackUrl } from './ports.ts';
import { shopDatabase } from './postgres.ts';
import { shopSources } from './shop-sources.ts';
import type { Wire } from './wiring.ts';

/** One API process of the shop. It knows only the proxies of its edges. */
export const wireShopApi: Wire = (node, { level, state, nodeJs }) => {
  const port = listenPort(state, node.name, 'http');
  const to = (target: string) => edgePort(state, `${node.name}:${target}`);
  const { preload, api } = shopSources(state);
  const { postgresPassword, paymentToken } = state.secrets;
  return {
    name: node.name,
    files: [],
    preparations: [],
    argv: [nodeJs, '--import', preload, api],
    env: {
      NODE_NAME: node.name,
      SHOP_LEVEL: String(level.number),
      SHOP_HTTP_PORT: String(port),
      SHOP_DATABASE_URL: `postgres://${shopDatabase}:${postgresPassword}@${loopback(to('pg-1'))}/${shopDatabase}`,
      SHOP_PAYMENT_URL: loopbackUrl(to('payment-1')),
      SHOP_PAYMENT_TOKEN: paymentToken,
      OTEL_EXPORTER_OTLP_ENDPOINT: loopbackUrl(to('collector-1')),
      OTEL_TRACES_SAMPLER_ARG: '1',
    },
    probe: { kind: 'http', port, path: '/readyz' },
    dependsOn: { toxiproxy: 'started', [migrateProcess]: 'completed' },
  };
};
