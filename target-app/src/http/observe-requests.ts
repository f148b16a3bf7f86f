import { trace } from '@opentelemetry/api';
import type { RequestHandler, Response } from 'express';
import type { HttpMetrics } from '../telemetry/http-metrics.ts';

/** As a label; a caller must not be able to make up new ones. */
const knownMethods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
]);

/** Measures each request and tells the caller the trace in which it can be found. */
export function observeRequests(metrics: HttpMetrics): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const span = trace.getActiveSpan()?.spanContext();
    if (span !== undefined) {
      response.set('X-Trace-Id', span.traceId);
      response.set('Traceparent', `00-${span.traceId}-${span.spanId}-0${span.traceFlags & 1}`);
    }
    response.once('close', () => {
      metrics.observe({
        method: knownMethods.has(request.method) ? request.method : '_OTHER',
        route: routeOf(response),
        // nginx's name for a caller who did not wait for the answer.
        status: response.writableFinished ? response.statusCode : 499,
        seconds: (performance.now() - startedAt) / 1000,
        span,
      });
    });
    next();
  };
}

/** The route's pattern, once one was found. */
export function routeOf(response: Response): string {
  const route: unknown = response.locals['route'];
  return typeof route === 'string' ? route : 'unmatched';
}
