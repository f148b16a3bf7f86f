import { join } from 'node:path';
import { advertisedName } from './hosts.ts';
import { at, listenPort, throughUrl } from './ports.ts';
import type { Wire, WiringContext } from './wiring.ts';

/** Where the others reach a member: its peer URL is part of who it is, so all of them use one. */
const peerUrl = (member: string, context: WiringContext): string => throughUrl(context, `*:${member}/peer`);

/** One member of the store that says who leads. Two of three must agree. */
export const wireEtcd: Wire = (node, context) => {
  const { level, state, binary } = context;
  const url = (port: string) => `http://${at(context, node.name, port)}`;
  const members = level.nodes.filter(({ kind }) => kind === 'etcd');
  return {
    name: node.name,
    files: [],
    preparations: [],
    argv: [
      binary('etcd', 'etcd'),
      ...['--name', node.name, '--data-dir', join(state.home, node.name, 'data')],
      ...['--listen-client-urls', url('client'), '--listen-metrics-urls', url('metrics')],
      // Nobody asks for it: Patroni is told its own proxies.
      ...[
        '--advertise-client-urls',
        `http://${advertisedName(node.name)}:${listenPort(state, node.name, 'client')}`,
      ],
      ...['--listen-peer-urls', url('peer'), '--initial-advertise-peer-urls', peerUrl(node.name, context)],
      '--initial-cluster',
      members.map(({ name }) => `${name}=${peerUrl(name, context)}`).join(','),
      ...['--initial-cluster-token', state.labId, '--initial-cluster-state', 'new'],
      ...['--log-level', 'warn'],
    ],
    env: {},
    probe: { kind: 'http', port: listenPort(state, node.name, 'metrics'), path: '/readyz' },
    dependsOn: { toxiproxy: 'started' },
  };
};
