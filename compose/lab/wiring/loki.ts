import { join } from 'node:path';
import { logRules, logRulesMs } from '@firedrill/alerts';
import { stringify } from 'yaml';
import { listenPort, loopback, throughUrl } from './ports.ts';
import type { Wire, WiringContext } from './wiring.ts';

/** One process, one copy, on disk; ready in a second because nothing waits for a ring of others. */
function lokiConfig(name: string, context: WiringContext): string {
  const { hosts, state } = context;
  const http = listenPort(state, name, 'http');
  const grpc = listenPort(state, name, 'grpc');
  const folder = join(state.home, name);
  return stringify({
    auth_enabled: false,
    analytics: { reporting_enabled: false },
    server: {
      http_listen_address: hosts.listen,
      http_listen_port: http,
      grpc_listen_address: hosts.listen,
      grpc_listen_port: grpc,
      log_level: 'warn',
    },
    common: {
      path_prefix: join(folder, 'data'),
      instance_addr: '127.0.0.1',
      replication_factor: 1,
      ring: { instance_addr: '127.0.0.1', kvstore: { store: 'inmemory' } },
      storage: {
        filesystem: {
          chunks_directory: join(folder, 'data', 'chunks'),
          rules_directory: join(folder, 'rules'),
        },
      },
    },
    schema_config: {
      configs: [
        {
          from: '2024-01-01',
          store: 'tsdb',
          object_store: 'filesystem',
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
    ingester: { lifecycler: { min_ready_duration: '0s', final_sleep: '0s', join_after: '0s' } },
    // Without these two Loki waits ten seconds for its own address by DNS.
    frontend: { scheduler_dns_lookup_period: '250ms' },
    frontend_worker: { frontend_address: loopback(grpc), dns_lookup_duration: '250ms' },
    limits_config: {
      allow_structured_metadata: true,
      volume_enabled: false,
      otlp_config: {
        resource_attributes: {
          attributes_config: [{ action: 'index_label', attributes: ['service.name', 'node', 'level'] }],
        },
      },
    },
    ruler: {
      storage: { type: 'local', local: { directory: join(folder, 'rules') } },
      rule_path: join(folder, 'rules-temp'),
      alertmanager_url: throughUrl(context, `${name}:alertmanager-1`),
      enable_api: true,
      evaluation_interval: `${logRulesMs / 1000}s`,
      // An alert ends by itself 4 × this after its ruler died; the default is a minute.
      resend_delay: '5s',
      ring: { kvstore: { store: 'inmemory' } },
    },
  });
}

export const wireLoki: Wire = (node, context) => {
  const { state, binary } = context;
  return {
    name: node.name,
    files: [
      { path: 'loki.yaml', content: lokiConfig(node.name, context) },
      // Without tenants all is the tenant `fake`'s.
      { path: join('rules', 'fake', 'logs.yaml'), content: logRules() },
    ],
    preparations: [],
    argv: [binary('loki', 'loki'), `-config.file=${join(state.home, node.name, 'loki.yaml')}`],
    env: {},
    probe: { kind: 'http', port: listenPort(state, node.name, 'http'), path: '/ready' },
    dependsOn: {},
  };
};
