import type { RequestHandler } from 'express';
import { problemBody } from './problem.ts';
import { retryAfterSeconds } from './retry-after.ts';

const body = problemBody('busy');
const refusal = JSON.stringify(body);

/**
 * Turns requests away before anything is read of them while so many are under way. Refusing must be far cheaper than
 * serving, or a crowd that asks again and again takes the time from those who could be served.
 */
export function admitAtMost(requests: number): RequestHandler {
  let underWay = 0;
  return (_request, response, next) => {
    if (underWay >= requests) {
      response.writeHead(body.status, {
        'Content-Type': 'application/problem+json; charset=utf-8',
        'Retry-After': String(retryAfterSeconds(body.code)),
      });
      response.end(refusal);
      return;
    }
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    next();
  };
}
