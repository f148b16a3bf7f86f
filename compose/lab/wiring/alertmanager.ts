import { join } from 'node:path';
import { alertmanagerConfig } from '@firedrill/alerts';
import { at, listenPort, through } from './ports.ts';
import type { Wire } from './wiring.ts';

export const wireAlertmanager: Wire = (node, context) => {
  const { state, binary } = context;
  const port = listenPort(state, node.name, 'http');
  const folder = join(state.home, node.name);
  const config = alertmanagerConfig({
    receiver: through(context, `${node.name}:receiver-1`),
    token: state.secrets.receiverToken,
  });
  return {
    name: node.name,
    files: [{ path: 'alertmanager.yml', content: config }],
    preparations: [],
    argv: [
      binary('alertmanager', 'alertmanager'),
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${at(context, node.name, 'http')}`,
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    env: {},
    probe: { kind: 'http', port, path: '/-/ready' },
    dependsOn: {},
  };
};
