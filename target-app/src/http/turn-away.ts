import type { Request, RequestHandler } from 'express';
import type { Endpoint } from './endpoint.ts';
import { problemBody } from './problem.ts';
import type { ProblemCode } from './problems.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** Why a request is turned away before its body is read; `undefined` lets it through. */
export type Gate = (endpoint: Endpoint, request: Request) => ProblemCode | undefined;

/** Asks the gate. Refusing is cheap: nothing is read, and nothing thrown. */
export function turnAway(endpoint: Endpoint, gate: Gate): RequestHandler {
  return (request, response, next) => {
    // Of the paths that fit, the first one serves: the others need not ask again.
    const asked = response.locals['gated'] === true;
    response.locals['gated'] = true;
    const code = asked ? undefined : gate(endpoint, request);
    if (code === undefined) {
      next();
      return;
    }
    response.locals['route'] = endpoint.path;
    const body = problemBody(code);
    response.writeHead(body.status, {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Retry-After': String(retryAfterSeconds(code)),
    });
    response.end(JSON.stringify(body));
  };
}
