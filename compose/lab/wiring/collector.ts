import { join } from 'node:path';
import type { Level, NodeKind } from '@firedrill/topology';
import { stringify } from 'yaml';
import { logPath, logsFolder } from '../addresses.ts';
import { saboteurLog } from '../control/saboteur/saboteurs.ts';
import { toxiproxyProcess } from '../control/toxiproxy-process.ts';
import { at, listenPort, throughUrl } from './ports.ts';
import type { Wire, WiringContext } from './wiring.ts';

/** PostgreSQL's error_severity → the severity it has in OpenTelemetry. */
const postgresSeverities = {
  debug: ['DEBUG1', 'DEBUG2', 'DEBUG3', 'DEBUG4', 'DEBUG5'],
  info: ['INFO', 'LOG', 'NOTICE'],
  warn: 'WARNING',
  error: 'ERROR',
  fatal: ['FATAL', 'PANIC'],
};

/** Who wrote a log file, by the name that the shop's own telemetry gives itself; else by its kind. */
const serviceOf = (kind: NodeKind): string => (kind === 'shop-api' ? 'shop' : kind);

/** Pure: an expression of the collector's language that looks a node's service up. */
function serviceExpression(level: Level): string {
  const names = Object.fromEntries(level.nodes.map((node) => [node.name, serviceOf(node.kind)]));
  return `EXPR(${JSON.stringify(names)}[resource["node"]] ?? resource["node"])`;
}

/** Their log lines come by OTLP with a trace id; what is in their files besides is a crash. */
const byOtlp = ['shop', 'payment-provider'];

/** The edge writes a JSON object for each request, with the client's trace. */
const edgeLines = [
  {
    type: 'json_parser',
    on_error: 'send_quiet',
    if: 'resource["service.name"] == "haproxy" and body startsWith "{"',
    severity: {
      parse_from: 'attributes.status',
      preset: 'none',
      overwrite_text: true,
      mapping: { error: '5xx', warn: '4xx', info: ['2xx', '3xx'] },
    },
  },
  {
    type: 'trace_parser',
    if: '(attributes.trace_id ?? "") matches "^[0-9a-f]{32}$"',
    trace_id: { parse_from: 'attributes.trace_id' },
    span_id: { parse_from: 'attributes.span_id' },
  },
];

function collectorConfig(name: string, context: WiringContext): string {
  const { level, state } = context;
  const edge = (to: string) => throughUrl(context, `${name}:${to}`);
  const fileLog = {
    start_at: 'beginning',
    poll_interval: '200ms',
    include_file_path: true,
    include_file_name: true,
  };
  return stringify({
    extensions: { health_check: { endpoint: at(context, name, 'health') } },
    receivers: {
      otlp: { protocols: { http: { endpoint: at(context, name, 'otlp-http') } } },
      'file_log/processes': {
        ...fileLog,
        include: [join(logsFolder(state.home), '*.log')],
        // Its own log would feed itself; what is done to the nodes is no part of what they say.
        exclude: [name, toxiproxyProcess, saboteurLog].map((one) => logPath(state, one)),
        operators: [
          {
            type: 'regex_parser',
            parse_from: 'attributes["log.file.name"]',
            regex: '^(?P<node>.+)\\.log$',
            parse_to: 'resource',
          },
          { type: 'add', field: 'resource["service.name"]', value: serviceExpression(level) },
          {
            type: 'filter',
            expr: `resource["service.name"] in ${JSON.stringify(byOtlp)} and body startsWith "{"`,
          },
          { type: 'remove', field: 'attributes["log.file.name"]' },
          { type: 'remove', field: 'attributes["log.file.path"]' },
          ...edgeLines,
        ],
      },
      'file_log/postgres': {
        ...fileLog,
        include: [join(state.home, '*', 'log', '*.json')],
        resource: { 'service.name': 'postgres' },
        operators: [
          {
            type: 'json_parser',
            timestamp: { parse_from: 'attributes.timestamp', layout: '%Y-%m-%d %H:%M:%S.%L UTC' },
            severity: { parse_from: 'attributes.error_severity', mapping: postgresSeverities },
          },
          {
            type: 'regex_parser',
            parse_from: 'attributes["log.file.path"]',
            regex: '/(?P<node>[^/]+)/log/[^/]+$',
            parse_to: 'resource',
          },
          { type: 'move', from: 'attributes.message', to: 'body' },
          { type: 'remove', field: 'attributes["log.file.path"]' },
          { type: 'remove', field: 'attributes["log.file.name"]' },
        ],
      },
    },
    processors: {
      resource: {
        attributes: [
          { key: 'level', value: String(level.number), action: 'upsert' },
          { key: 'service.namespace', value: level.service, action: 'upsert' },
        ],
      },
      memory_limiter: { check_interval: '1s', limit_mib: 256 },
      batch: { timeout: '200ms', send_batch_size: 512 },
    },
    exporters: {
      'otlp_http/loki': { endpoint: `${edge('loki-1')}/otlp`, compression: 'none' },
      'otlp_http/jaeger': { endpoint: edge('jaeger-1'), compression: 'none' },
    },
    service: {
      extensions: ['health_check'],
      telemetry: { logs: { level: 'warn' }, metrics: { level: 'none' } },
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'resource', 'batch'],
          exporters: ['otlp_http/jaeger'],
        },
        logs: {
          receivers: ['otlp', 'file_log/processes', 'file_log/postgres'],
          processors: ['memory_limiter', 'resource', 'batch'],
          exporters: ['otlp_http/loki'],
        },
      },
    },
  });
}

/** Takes the shop's telemetry and tails every log file, and passes both on to Jaeger and Loki. */
export const wireCollector: Wire = (node, context) => {
  const { state, binary } = context;
  return {
    name: node.name,
    files: [{ path: 'collector.yaml', content: collectorConfig(node.name, context) }],
    preparations: [],
    argv: [binary('collector', 'otelcol'), `--config=${join(state.home, node.name, 'collector.yaml')}`],
    env: {},
    probe: { kind: 'http', port: listenPort(state, node.name, 'health'), path: '/' },
    dependsOn: { toxiproxy: 'started' },
  };
};
