import { join } from 'node:path';
import { proxyDefinition } from '../control/toxiproxy.ts';
import { toxiproxyProcess } from '../control/toxiproxy-process.ts';
import { edgeEnds } from './ports.ts';
import type { Wired, WiringContext } from './wiring.ts';

/** Carries every edge. The proxies are in its file, so that they stand before its API answers, after a restart too. */
export function wireToxiproxy({ hosts, level, state, binary }: WiringContext): Wired {
  const proxies = level.edges.map((edge) => {
    const ends = edgeEnds(state, edge.name);
    return proxyDefinition(edge.name, ends, { listen: hosts.listen, upstream: hosts.node(edge.to) });
  });
  const config = join(state.home, toxiproxyProcess, 'proxies.json');
  return {
    name: toxiproxyProcess,
    files: [{ path: 'proxies.json', content: `${JSON.stringify(proxies, null, 2)}\n` }],
    preparations: [],
    argv: [
      binary('toxiproxy', 'toxiproxy-server'),
      ...['-host', hosts.listen, '-port', String(state.toxiproxyPort), '-config', config],
    ],
    env: { LOG_LEVEL: 'warn' },
    probe: { kind: 'http', port: state.toxiproxyPort, path: '/version' },
    dependsOn: {},
  };
}
