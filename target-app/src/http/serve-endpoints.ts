import { trace } from '@opentelemetry/api';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import { Deadline } from '../data/deadline.ts';
import type { HttpMetrics } from '../telemetry/http-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Endpoint } from './endpoint.ts';
import { parseInput } from './parse-input.ts';
import { Problem, type ProblemBody } from './problem.ts';
import { problemOf } from './problem-of.ts';
import { problems } from './problems.ts';

export interface ServeOptions {
  readonly endpoints: readonly Endpoint[];
  /** Routes that are answered as they are: health, metrics. */
  readonly plain: Readonly<Record<string, RequestHandler>>;
  /** Runs before every endpoint, e.g. to check a token. */
  readonly guard?: RequestHandler;
  /** Of one request, milliseconds. */
  readonly deadlineMs: number;
  readonly metrics: HttpMetrics;
  readonly logger: Logger;
  /** An error that nobody foresaw. */
  readonly onInternalError?: (error: unknown) => void;
}

const bodyLimit = '32kb';
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

/** An Express application that serves endpoints and answers everything else with a problem. */
export function serveEndpoints(options: ServeOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  for (const [path, handler] of Object.entries(options.plain)) app.get(path, handler);
  app.use(observe(options.metrics));
  if (options.guard !== undefined) app.use(options.guard);
  app.use(express.json({ limit: bodyLimit, strict: true }));
  for (const [path, endpoints] of byPath(options.endpoints)) {
    for (const endpoint of endpoints) {
      app[endpoint.method](expressPath(path), handle(endpoint, options));
      options.metrics.create(endpoint.method.toUpperCase(), path, seriesOf(endpoint));
    }
    app.all(expressPath(path), (_request, response) => {
      response.locals['route'] = path;
      response.set('Allow', endpoints.map((endpoint) => endpoint.method.toUpperCase()).join(', '));
      throw new Problem('method-not-allowed');
    });
  }
  app.use(() => {
    throw new Problem('no-such-route');
  });
  app.use(answerProblem(options));
  return app;
}

function byPath(endpoints: readonly Endpoint[]): Map<string, Endpoint[]> {
  return Map.groupBy(endpoints, (endpoint) => endpoint.path);
}

/** `/orders/{id}` is `/orders/:id` in Express. */
function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function seriesOf(endpoint: Endpoint): readonly number[] {
  return [...Object.keys(endpoint.answers).map(Number), 500, 503, 504];
}

function handle(endpoint: Endpoint, options: ServeOptions): RequestHandler {
  return async (request, response) => {
    response.locals['route'] = endpoint.path;
    const deadline = Deadline.in(options.deadlineMs);
    const answer = await endpoint.handle(parseInput(endpoint, request, deadline));
    response.status(answer.status).set(answer.headers ?? {});
    if (isProblem(answer.body)) response.type('application/problem+json');
    response.json(answer.body);
  };
}

/** A stored answer can be a refusal; it is sent as the problem that it is. */
function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && String(body.code) in problems;
}

/** Measures each request and tells the caller the trace in which it can be found. */
function observe(metrics: HttpMetrics): RequestHandler {
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

function routeOf(response: Response): string {
  const route: unknown = response.locals['route'];
  return typeof route === 'string' ? route : 'unmatched';
}

function answerProblem(options: ServeOptions): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const problem = problemOf(error);
    const { body } = problem;
    if (body.status >= 500) {
      const level = body.code === 'internal' ? 'error' : 'warn';
      options.logger[level](
        { err: problem.cause ?? problem, code: body.code, method: request.method, route: routeOf(response) },
        'request failed',
      );
    }
    if (body.code === 'internal') options.onInternalError?.(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (body.status === 503) response.set('Retry-After', '1');
    response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  };
}
