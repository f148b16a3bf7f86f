import { at, listenPort, loopbackUrl } from './ports.ts';
import type { Wire } from './wiring.ts';

/** Traces in memory; the oldest go first. */
const maxTraces = 20_000;

export const wireJaeger: Wire = (node, context) => {
  const { state, binary } = context;
  const on = (port: string) => at(context, node.name, port);
  return {
    name: node.name,
    files: [],
    preparations: [],
    argv: [
      binary('jaeger', 'jaeger-all-in-one'),
      `--memory.max-traces=${maxTraces}`,
      '--log-level=warn',
      `--admin.http.host-port=${on('admin')}`,
      // The same port for both: Jaeger then tells the two protocols apart itself.
      `--query.http-server.host-port=${on('query')}`,
      `--query.grpc-server.host-port=${on('query')}`,
      '--collector.otlp.enabled=true',
      `--collector.otlp.http.host-port=${on('otlp-http')}`,
      `--collector.otlp.grpc.host-port=${on('otlp-grpc')}`,
      `--collector.grpc-server.host-port=${on('grpc')}`,
      `--collector.http-server.host-port=${on('thrift-http')}`,
      `--reporter.grpc.host-port=${on('grpc')}`,
      `--http-server.host-port=${on('agent-http')}`,
      `--processor.jaeger-compact.server-host-port=${on('compact-udp')}`,
      `--processor.jaeger-binary.server-host-port=${on('binary-udp')}`,
      `--processor.zipkin-compact.server-host-port=${on('zipkin-udp')}`,
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
