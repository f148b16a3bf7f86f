import { join } from 'node:path';
import { blackboxConfig } from '@firedrill/alerts';
import { at, listenPort } from './ports.ts';
import type { Wire } from './wiring.ts';

export const wireBlackbox: Wire = (node, context) => {
  const { state, binary } = context;
  const port = listenPort(state, node.name, 'http');
  return {
    name: node.name,
    files: [{ path: 'blackbox.yml', content: blackboxConfig() }],
    preparations: [],
    argv: [
      binary('blackbox', 'blackbox_exporter'),
      `--config.file=${join(state.home, node.name, 'blackbox.yml')}`,
      `--web.listen-address=${at(context, node.name, 'http')}`,
      '--log.level=warn',
    ],
    env: {},
    probe: { kind: 'http', port, path: '/-/healthy' },
    dependsOn: {},
  };
};
