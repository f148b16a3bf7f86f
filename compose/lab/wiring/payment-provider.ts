import { join } from 'node:path';
import { paymentJournalPath } from '../addresses.ts';
import { listenPort, throughUrl } from './ports.ts';
import { shopSources } from './shop-sources.ts';
import type { Wire } from './wiring.ts';

/** The independent witness of money, with a journal of its own. */
export const wirePaymentProvider: Wire = (node, context) => {
  const { hosts, state, nodeJs } = context;
  const port = listenPort(state, node.name, 'http');
  const { preload, paymentProvider } = shopSources(state);
  return {
    name: node.name,
    files: [],
    preparations: [],
    argv: [nodeJs, '--import', preload, paymentProvider],
    env: {
      NODE_NAME: node.name,
      PAYMENT_HTTP_HOST: hosts.listen,
      PAYMENT_HTTP_PORT: String(port),
      PAYMENT_JOURNAL: paymentJournalPath(state),
      PAYMENT_TOKEN: state.secrets.paymentToken,
      PAYMENT_KEYS: join(state.home, node.name, 'keys.json'),
      PAYMENT_ADMIN_TOKEN: state.secrets.adminToken,
      OTEL_EXPORTER_OTLP_ENDPOINT: throughUrl(context, `${node.name}:collector-1`),
      OTEL_TRACES_SAMPLER_ARG: '1',
    },
    probe: { kind: 'http', port, path: '/readyz' },
    dependsOn: { toxiproxy: 'started' },
  };
};
