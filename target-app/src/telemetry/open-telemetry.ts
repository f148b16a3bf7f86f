import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { startNodeSdk } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import { whenShuttingDown } from './shutdown.ts';

/** Telemetry is dropped rather than waited for: small queues, short time-outs, and never in a request's way. */
const batch = {
  scheduledDelayMillis: 500,
  exportTimeoutMillis: 2000,
  maxExportBatchSize: 512,
  maxQueueSize: 4096,
};

/** @param endpoint the collector's OTLP/HTTP base address, e.g. `http://127.0.0.1:4318`. */
export function startTelemetry(endpoint: string): void {
  const base = endpoint.replace(/\/+$/, '');
  const ratio = Number(process.env['OTEL_TRACES_SAMPLER_ARG'] ?? '1');
  const exporter = { timeoutMillis: 2000, concurrencyLimit: 2 };
  const sdk = startNodeSdk({
    logLevel: 'none',
    resourceDetectors: [],
    resourceAttributes: {
      'service.name':
        process.env['OTEL_SERVICE_NAME'] ?? (process.env['PAYMENT_HTTP_PORT'] ? 'payment-provider' : 'shop'),
      'service.instance.id': process.env['NODE_NAME'] ?? 'shop',
      node: process.env['NODE_NAME'] ?? 'shop',
    },
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(Number.isFinite(ratio) ? ratio : 1),
    }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${base}/v1/traces`, ...exporter }),
        ...batch,
      }),
    ],
    logRecordProcessors: [
      new BatchLogRecordProcessor({
        exporter: new OTLPLogExporter({ url: `${base}/v1/logs`, ...exporter }),
        ...batch,
      }),
    ],
    metricReaders: [],
    // Nothing is wrapped: the shop makes its few spans itself, at half the cost (docs/adr/0010-spans-by-hand.md).
    instrumentations: [],
  });
  whenShuttingDown(() => sdk.shutdown());
}
