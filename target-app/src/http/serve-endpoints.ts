import express, { type Express, type RequestHandler } from 'express';
import { Deadline } from '../data/deadline.ts';
import { tellsToken } from '../data/reads/read-policies.ts';
import { inSession, Session } from '../data/session/session.ts';
import { formatToken, tokenHeader } from '../data/session/token.ts';
import type { HttpMetrics } from '../telemetry/http-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import { admitAtMost } from './admission.ts';
import { answerProblem } from './answer-problem.ts';
import type { Endpoint } from './endpoint.ts';
import { observeRequests } from './observe-requests.ts';
import { parseInput } from './parse-input.ts';
import { Problem, type ProblemBody } from './problem.ts';
import { problems } from './problems.ts';
import { sendJson } from './send-json.ts';
import { type Gate, turnAway } from './turn-away.ts';

export interface ServeOptions {
  readonly endpoints: readonly Endpoint[];
  /** Routes that are answered as they are: health, metrics. */
  readonly plain: Readonly<Record<string, RequestHandler>>;
  /** Everything below `/admin`: never turned away for load, for then it is needed most. */
  readonly admin?: RequestHandler;
  /** Runs before every endpoint, e.g. to check a token. */
  readonly guard?: RequestHandler;
  readonly gate?: Gate;
  /** Of one request, milliseconds. */
  readonly deadlineMs: number;
  /** Where the requests of a customer tell each other how far they have come: whose data this is. */
  readonly shard?: string;
  /** Requests that may be under way at once; one more is turned away. */
  readonly maxUnderWay: number;
  readonly metrics: HttpMetrics;
  readonly logger: Logger;
  /** An error that nobody foresaw. */
  readonly onInternalError?: (error: unknown) => void;
}

const bodyLimit = '32kb';
/** An Express application that serves endpoints and answers everything else with a problem. */
export function serveEndpoints(options: ServeOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  for (const [path, handler] of Object.entries(options.plain)) app.get(path, handler);
  if (options.admin !== undefined) app.use('/admin', options.admin);
  app.use(observeRequests(options.metrics));
  app.use(admitAtMost(options.maxUnderWay));
  if (options.guard !== undefined) app.use(options.guard);
  if (options.gate !== undefined) {
    for (const endpoint of options.endpoints)
      app[endpoint.method](expressPath(endpoint.path), turnAway(endpoint, options.gate));
  }
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
  app.use(answerProblem(options.logger, options.onInternalError));
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
    const { token, ...input } = parseInput(endpoint, request, deadline);
    const session =
      options.shard === undefined || !tellsToken(endpoint.operation, endpoint.method)
        ? undefined
        : new Session(options.shard, token);
    const answer = await inSession(session, () => endpoint.handle(input)).finally(() => {
      if (session?.token !== undefined) response.set(tokenHeader, formatToken(session.token));
    });
    response.set(answer.headers ?? {});
    const type = isProblem(answer.body) ? 'application/problem+json' : 'application/json';
    sendJson(response, answer.status, answer.body, type);
  };
}

/** A stored answer can be a refusal; it is sent as the problem that it is. */
function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && String(body.code) in problems;
}
