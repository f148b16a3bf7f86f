import { join } from 'node:path';
import { untouched } from '../levers/operations.ts';
import { runtimeSocket } from '../levers/runtime-socket.ts';
import { at, listenPort, through } from './ports.ts';
import type { Wire, WiringContext } from './wiring.ts';

/** In its folder. */
export const haproxyFile = 'haproxy.cfg';

/** The APIs, as HAProxy calls them together. */
export const shopBackend = 'shop';

/** One JSON object a line. The trace is the client's, so that an edge's line is found from its trace in Loki. */
const logFormat = JSON.stringify({
  time: '%[date,utime(%Y-%m-%dT%H:%M:%SZ)]',
  trace_id: '%[capture.req.hdr(0),field(2,-)]',
  span_id: '%[capture.req.hdr(0),field(3,-)]',
  method: '%HM',
  path: '%{+E}HPO',
  status: '%ST',
  server: '%s',
  total_ms: '%Ta',
  queue_ms: '%Tw',
  connect_ms: '%Tc',
  response_ms: '%Tr',
  retries: '%rc',
  ended: '%ts',
});

/**
 * Deadlines grow outwards: the API's 2.5 s, the edge's 2.8 s, the client's 3 s. A request is sent a second time only if nothing
 * of it was sent, or if it is a read: behind a proxy a dead server is an empty answer, not a refused connection. A dead API is
 * out after 0.7 s, one that hangs after 3.7 s. What is for operators is not for users: `/admin` is not there. Of two equal APIs each gets half, so that what the death of one costs can be told.
 */
export function haproxyConfig(
  name: string,
  context: Pick<WiringContext, 'hosts' | 'level' | 'state'>,
  drained: readonly string[],
): string {
  const apis = context.level.edges.filter((edge) => edge.from === name && edge.plane === 'data');
  return `
global
  log stdout format raw local0
  maxconn 2000
  nbthread 1
${operatorsDoor(name, context)}
defaults
  mode http
  log global
  option dontlognull
  option http-keep-alive
  timeout connect 500ms
  timeout queue 500ms
  timeout check 1s
  timeout http-request 5s
  timeout http-keep-alive 60s
  timeout client 10s
  timeout server 2800ms

frontend users
  bind ${at(context, name, 'http')}
  http-request return status 404 if { path -m beg /admin }
  http-request capture req.hdr(traceparent) len 55
  log-format '${logFormat}'
  default_backend ${shopBackend}

backend ${shopBackend}
  balance roundrobin
  option httpchk GET /readyz
  http-check expect status 200
  retries 2
  option redispatch 1
  retry-on conn-failure empty-response
  http-request disable-l7-retry unless { method GET HEAD }
  default-server check inter 500ms fastinter 100ms downinter 200ms fall 3 rise 1 on-marked-down shutdown-sessions
${apis.map((edge) => `  server ${edge.to} ${through(context, edge.name)}${drained.includes(edge.to) ? ' disabled' : ''}`).join('\n')}

frontend metrics
  bind ${at(context, name, 'metrics')}
  no log
  http-request use-service prometheus-exporter if { path /metrics }
  http-request return status 200 content-type text/plain string ok if { path /readyz }
  http-request return status 404
`.trimStart();
}

/** Commands are taken on a socket of the user's alone. In a container nobody could reach it. */
const operatorsDoor = (name: string, { state }: Pick<WiringContext, 'state'>): string =>
  state.runtime === 'native'
    ? `  stats socket ${join(state.home, name, runtimeSocket)} mode 600 level admin\n`
    : '';

/** The edge: takes the users' requests and passes each to an API that says that it is ready. */
export const wireHaproxy: Wire = (node, context) => {
  const { state, binary } = context;
  return {
    name: node.name,
    files: [{ path: haproxyFile, content: haproxyConfig(node.name, context, untouched.drained) }],
    preparations: [],
    argv: [binary('haproxy', 'haproxy'), '-db', '-f', join(state.home, node.name, haproxyFile)],
    env: {},
    // The edge's own readiness: it is ready when no API is, and then says so to the users.
    probe: { kind: 'http', port: listenPort(state, node.name, 'metrics'), path: '/readyz' },
    dependsOn: { toxiproxy: 'started' },
  };
};
