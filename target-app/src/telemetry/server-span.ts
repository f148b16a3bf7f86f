import type { IncomingHttpHeaders } from 'node:http';
import {
  type Context,
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = trace.getTracer('shop');

/** The span of one request, of which the caller's may be the parent (W3C Trace Context). */
export interface ServerSpan {
  readonly span: Span;
  readonly context: Context;
}

/** `undefined` where no telemetry was started: nothing is then carried along. */
export function startServerSpan(method: string, headers: IncomingHttpHeaders): ServerSpan | undefined {
  const parent =
    headers.traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, headers);
  const span = tracer.startSpan(method, { kind: SpanKind.SERVER }, parent);
  if (!isSpanContextValid(span.spanContext())) return undefined;
  return { span, context: trace.setSpan(parent, span) };
}

export const inContextOf = <T>(server: ServerSpan, work: () => T): T => context.with(server.context, work);

/** @param route the pattern: a name of its own for each path would make as many operations. */
export function endServerSpan(span: Span, method: string, route: string, status: number): void {
  if (span.isRecording()) {
    span.updateName(`${method} ${route}`);
    span.setAttributes({
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
    });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
