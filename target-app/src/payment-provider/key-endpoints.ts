import { z } from 'zod';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import type { ApiKeys } from './api-keys.ts';

const keysSchema = z.strictObject({
  keys: z.array(
    z.strictObject({ id: z.string(), requests: z.number().int(), lastUsedAt: z.string().nullable() }),
  ),
});
const params = z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,64}$/) });

const expirySchema = z.strictObject({ expired: z.number().int(), refused: z.number().int() });

const path = '/admin/keys/{id}';
const needs = { customer: false, key: false } as const;
const answers = { 200: keysSchema };

/** How a customer's API keys are issued and revoked, as every provider's console has it. */
export function keyEndpoints(keys: ApiKeys): readonly Endpoint[] {
  const answer = () => ({ status: 200, body: { keys: keys.readings } });
  return [
    endpoint({
      method: 'get',
      path: '/admin/keys',
      operation: 'list-keys',
      summary: 'The API keys that are good now, and whether they are used.',
      needs,
      answers,
      problems: [],
      handle: async () => answer(),
    }),
    endpoint({
      method: 'put',
      path,
      operation: 'issue-key',
      summary: 'One more API key is good from now on.',
      params,
      body: z.strictObject({ key: z.string().min(8).max(200) }),
      needs,
      answers,
      problems: [],
      handle: async ({ params: { id }, body }) => {
        keys.issue(id, body.key);
        return answer();
      },
    }),
    endpoint({
      method: 'delete',
      path,
      operation: 'revoke-key',
      summary: 'An API key is good no more; never the last one.',
      params,
      needs,
      answers,
      problems: ['no-such-key', 'last-key'],
      handle: async ({ params: { id } }) => {
        const result = keys.revoke(id);
        if (result === 'unknown') throw new Problem('no-such-key');
        if (result === 'last') throw new Problem('last-key');
        return answer();
      },
    }),
    ...expiryEndpoints(keys),
  ];
}

function expiryEndpoints(keys: ApiKeys): readonly Endpoint[] {
  const own = { path: '/admin/expiry', needs, answers: { 200: expirySchema }, problems: [] } as const;
  const answer = () => ({ status: 200, body: keys.expiry });
  return [
    endpoint({
      ...own,
      method: 'get',
      operation: 'read-expiry',
      summary: 'How many API keys are past their time, and how many requests came with one.',
      handle: async () => answer(),
    }),
    endpoint({
      ...own,
      method: 'put',
      operation: 'expire-keys',
      summary: 'The time of every API key of now is up.',
      body: z.strictObject({ expired: z.literal(1) }),
      handle: async () => {
        keys.setExpired(true);
        return answer();
      },
    }),
    endpoint({
      ...own,
      method: 'delete',
      operation: 'reset-expiry',
      summary: 'They are good again.',
      handle: async () => {
        keys.setExpired(false);
        return answer();
      },
    }),
  ];
}
