import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { describeEndpoints } from './document.ts';

/** Serves the description of the given endpoints and of itself. */
export function openApiEndpoint(described: readonly Endpoint[]): Endpoint {
  const self: Endpoint = endpoint({
    method: 'get',
    path: '/openapi.json',
    operation: 'openapi',
    summary: 'This document.',
    needs: { customer: false, key: false },
    answers: { 200: z.looseObject({ openapi: z.string() }) },
    problems: [],
    handle: async () => ({ status: 200, body: describeEndpoints([...described, self]) }),
  });
  return self;
}
