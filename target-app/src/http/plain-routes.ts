import type { RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import { problemBody } from './problem.ts';

/** Alive: the event loop turns. It asks nobody else, so a broken database never gets a healthy process restarted. */
export const liveness: RequestHandler = (_request, response) => {
  response.json({ status: 'alive' });
};

/** Ready: what every request needs is there. @param check resolves, or rejects with the reason. */
export function readiness(check: () => Promise<void>): RequestHandler {
  return async (_request, response) => {
    try {
      await check();
      response.json({ status: 'ready' });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      response
        .status(503)
        .type('application/problem+json')
        .send(JSON.stringify(problemBody('not-ready', { detail })));
    }
  };
}

export function metricsRoute(registry: Registry): RequestHandler {
  return async (_request, response) => {
    response.set('Content-Type', registry.contentType).send(await registry.metrics());
  };
}
