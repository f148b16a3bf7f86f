import { z } from 'zod';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import type { Failure } from './failure.ts';

const settingSchema = z.strictObject({
  ratio: z.number().min(0).max(1),
  seed: z.number().int().nonnegative(),
});
const readingSchema = settingSchema.extend({
  asked: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
});

const path = '/admin/failure';
const needs = { customer: false, key: false } as const;
const answers = { 200: readingSchema };

/** What the provider's own operator can do, as a payment sandbox has it: let a share of the captures fail. */
export function adminEndpoints(failure: Failure): readonly Endpoint[] {
  const answer = () => ({ status: 200, body: failure.reading });
  return [
    endpoint({
      method: 'get',
      path,
      operation: 'read-failure',
      summary: 'Which share of the captures fails, and how many did.',
      needs,
      answers,
      problems: [],
      handle: async () => answer(),
    }),
    endpoint({
      method: 'put',
      path,
      operation: 'set-failure',
      summary: 'Answer a share of the captures 503 before any effect, drawn from seed, key and attempt.',
      body: settingSchema,
      needs,
      answers,
      problems: [],
      handle: async ({ body }) => {
        failure.set(body);
        return answer();
      },
    }),
    endpoint({
      method: 'delete',
      path,
      operation: 'reset-failure',
      summary: 'Fail no more.',
      needs,
      answers,
      problems: [],
      handle: async () => {
        failure.reset();
        return answer();
      },
    }),
  ];
}
