import { listenPort, loopback, loopbackUrl } from './ports.ts';
import type { Wire } from './wiring.ts';

/** Traces in memory; the oldest go first. */
const maxTraces = 20_000;

export const wireJaeger: Wire = (node, { state, binary }) => {
  const at = (port: string) => loopback(listenPort(state, node.name, port));
  return {
    name: node.name,
    files: [],
    preparations: [],
    argv: [
      binary('jaeger', 'jaeger-all-in-one'),
      `--memory.max-traces=${maxTraces}`,
      '--log-level=warn',
      `--admin.http.host-port=${at('admin')}`,
      // The same port for both: Jaeger then tells the two protocols apart itself.
      `--query.http-server.host-port=${at('query')}`,
      `--query.grpc-server.host-port=${at('query')}`,
      '--collector.otlp.enabled=true',
      `--collector.otlp.http.host-port=${at('otlp-http')}`,
      `--collector.otlp.grpc.host-port=${at('otlp-grpc')}`,
      `--collector.grpc-server.host-port=${at('grpc')}`,
      `--collector.http-server.host-port=${at('thrift-http')}`,
      `--reporter.grpc.host-port=${at('grpc')}`,
      `--http-server.host-port=${at('agent-http')}`,
      `--processor.jaeger-compact.server-host-port=${at('compact-udp')}`,
      `--processor.jaeger-binary.server-host-port=${at('binary-udp')}`,
      `--processor.zipkin-compact.server-host-port=${at('zipkin-udp')}`,
    ],
    env: {
      SPAN_STORAGE_TYPE: 'memory',
      // It would trace itself, to a port that is not this lab's.
      OTEL_TRACES_SAMPLER: 'always_off',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: loopbackUrl(listenPort(state, node.name, 'otlp-grpc')),
    },
    probe: { kind: 'http', port: listenPort(state, node.name, 'admin'), path: '/' },
    dependsOn: {},
  };
};
