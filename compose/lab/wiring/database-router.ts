import { join } from 'node:path';
import { at, listenPort, through } from './ports.ts';
import { sqlEdgesOf } from './sql-edges.ts';
import type { Wire, WiringContext } from './wiring.ts';

/**
 * Patroni says of each server, by its REST interface, whether it leads: 200 for one of them, 503 for the others. A server that
 * stops being the leader, or stops to answer, loses its sessions within a second, or their writes would wait there for ever.
 */
function routerConfig(name: string, context: WiringContext): string {
  const servers = sqlEdgesOf(context.level, name).map(({ name: edge, to }) => {
    const [host, port] = through(context, `${edge}/rest`).split(':');
    return `  server ${to} ${through(context, edge)} check addr ${host} port ${port}`;
  });
  return `
global
  log stdout format raw local0
  maxconn 500
  nbthread 1

defaults
  log global
  timeout connect 500ms
  timeout check 1s
  # A connection of the pool may rest for longer than any request takes.
  timeout client 1h
  timeout server 1h

listen leader
  mode tcp
  option tcplog
  bind ${at(context, name, 'sql')}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 500ms fastinter 250ms downinter 250ms fall 2 rise 1 on-marked-down shutdown-sessions
${servers.join('\n')}

frontend metrics
  mode http
  no log
  timeout client 10s
  bind ${at(context, name, 'metrics')}
  http-request use-service prometheus-exporter if { path /metrics }
  http-request return status 200 content-type text/plain string ok if { path /readyz }
  http-request return status 404
`.trimStart();
}

/** Leads whoever writes to the server that leads now. */
export const wireDatabaseRouter: Wire = (node, context) => {
  const { state, binary } = context;
  return {
    name: node.name,
    files: [{ path: 'haproxy.cfg', content: routerConfig(node.name, context) }],
    preparations: [],
    argv: [binary('haproxy', 'haproxy'), '-db', '-f', join(state.home, node.name, 'haproxy.cfg')],
    env: {},
    probe: { kind: 'http', port: listenPort(state, node.name, 'metrics'), path: '/readyz' },
    dependsOn: { toxiproxy: 'started' },
  };
};
