import { join } from 'node:path';
import { wantedProxies } from '../control/edges.ts';
import { toxiproxyProcess } from '../control/toxiproxy-process.ts';
import type { Wired, WiringContext } from './wiring.ts';

/** Carries every edge. The proxies are in its file, so that they stand before its API answers, after a restart too. */
export function wireToxiproxy({ state, binary }: WiringContext): Wired {
  const config = join(state.home, toxiproxyProcess, 'proxies.json');
  return {
    name: toxiproxyProcess,
    files: [{ path: 'proxies.json', content: `${JSON.stringify(wantedProxies(state), null, 2)}\n` }],
    preparations: [],
    argv: [
      binary('toxiproxy', 'toxiproxy-server'),
      ...['-host', '127.0.0.1', '-port', String(state.toxiproxyPort), '-config', config],
    ],
    env: { LOG_LEVEL: 'warn' },
    probe: { kind: 'http', port: state.toxiproxyPort, path: '/version' },
    dependsOn: {},
  };
}
