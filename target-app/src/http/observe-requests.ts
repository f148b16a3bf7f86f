import type { RequestHandler, Response } from 'express';
import type { HttpMetrics } from '../telemetry/http-metrics.ts';
import { endServerSpan, inContextOf, startServerSpan } from '../telemetry/server-span.ts';

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

/** Measures and traces each request, and tells the caller the trace in which it can be found. */
export function observeRequests(metrics: HttpMetrics): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const method = knownMethods.has(request.method) ? request.method : '_OTHER';
    const server = startServerSpan(method, request.headers);
    const span = server?.span.spanContext();
    if (span !== undefined) {
      response.setHeader('X-Trace-Id', span.traceId);
      response.setHeader('Traceparent', `00-${span.traceId}-${span.spanId}-0${span.traceFlags & 1}`);
    }
    response.once('close', () => {
      const route = routeOf(response);
      // nginx's name for a caller who did not wait for the answer.
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.observe({ method, route, status, seconds: (performance.now() - startedAt) / 1000, span });
      if (server !== undefined) endServerSpan(server.span, method, route, status);
    });
    if (server === undefined) next();
    else inContextOf(server, next);
  };
}

/** The route's pattern, once one was found. */
export function routeOf(response: Response): string {
  const route: unknown = response.locals['route'];
  return typeof route === 'string' ? route : 'unmatched';
}
