import { type SpanContext, TraceFlags } from '@opentelemetry/api';
import { Histogram, Registry } from 'prom-client';

/** Seconds. OpenTelemetry's advice for HTTP durations. */
export const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** A registry that speaks OpenMetrics, which alone carries exemplars. */
export function openMetricsRegistry(): Registry {
  const registry = new Registry();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
  return registry;
}

export interface ObservedRequest {
  readonly method: string;
  /** The route's pattern, never the path: `/orders/{id}`. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  /** The server span, taken when the request began: it is no longer active when the answer is gone. */
  readonly span: SpanContext | undefined;
}

/** The duration of every request this process answered; for diagnosis, since it does not see the accept queue. */
export class HttpMetrics {
  readonly #duration: Histogram<'http_request_method' | 'http_route' | 'http_response_status_code'>;

  constructor(registry: Registry) {
    this.#duration = new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'Duration of HTTP requests, from the first byte read to the last byte written.',
      labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
      buckets: durationBuckets,
      enableExemplars: true,
      registers: [registry],
    });
  }

  /** Makes a route's usual series exist before its first request: a ratio over a series that is not there is no ratio. */
  create(method: string, route: string, statuses: readonly number[]): void {
    for (const status of statuses) {
      this.#duration.zero({
        http_request_method: method,
        http_route: route,
        http_response_status_code: String(status),
      });
    }
  }

  observe(request: ObservedRequest): void {
    const labels = {
      http_request_method: request.method,
      http_route: request.route,
      http_response_status_code: String(request.status),
    };
    this.#duration.observe({ labels, value: request.seconds, exemplarLabels: exemplarOf(request.span) });
  }
}

/** The labels that lead from a bucket to a trace; none when the trace was not sampled and so leads nowhere. */
function exemplarOf(span: SpanContext | undefined): Record<string, string> {
  if (span === undefined || (span.traceFlags & TraceFlags.SAMPLED) === 0) return {};
  return { trace_id: span.traceId, span_id: span.spanId };
}
