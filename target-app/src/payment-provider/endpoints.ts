import { z } from 'zod';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import {
  captureRequestSchema,
  captureStateSchema,
  refundRequestSchema,
  resultSchema,
  voidRequestSchema,
} from '../payment/payment-schemas.ts';
import { adminEndpoints } from './admin-endpoints.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Failure } from './failure.ts';
import { journalEntrySchema } from './journal-lines.ts';
import { keyEndpoints } from './key-endpoints.ts';
import type { Provider, ProviderAnswer } from './provider.ts';

const needs = { customer: false, key: false } as const;

/** The provider's whole interface. A decline and a tombstone are answers, not errors: 200 with the result. */
export function paymentEndpoints(provider: Provider, failure: Failure, keys: ApiKeys): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/captures',
      operation: 'capture',
      summary: 'Take money, once per key.',
      body: captureRequestSchema,
      needs,
      answers: { 200: resultSchema },
      problems: ['idempotency-key-reused'],
      handle: async ({ body }) => {
        if (failure.strikes(body.key)) throw new Problem('busy');
        return answer(await provider.capture(body));
      },
    }),
    endpoint({
      method: 'get',
      path: '/captures/{key}',
      operation: 'lookup',
      summary: 'Where a key stands.',
      params: z.object({ key: z.string().regex(/^[\x21-\x7e]{1,128}$/) }),
      needs,
      answers: { 200: captureStateSchema },
      problems: ['capture-not-found'],
      handle: async ({ params }) => {
        const capture = await provider.lookUp(params.key);
        if (capture === undefined) throw new Problem('capture-not-found');
        return { status: 200, body: capture };
      },
    }),
    endpoint({
      method: 'post',
      path: '/voids',
      operation: 'void',
      summary: 'Give a capture back whole, or make sure that it never happens.',
      body: voidRequestSchema,
      needs,
      answers: { 200: resultSchema },
      problems: ['idempotency-key-reused'],
      handle: async ({ body }) => answer(await provider.void(body)),
    }),
    endpoint({
      method: 'post',
      path: '/refunds',
      operation: 'refund',
      summary: 'Give money back, once per key, never more than was taken.',
      body: refundRequestSchema,
      needs,
      answers: { 200: resultSchema },
      problems: ['idempotency-key-reused', 'no-such-capture', 'exceeds-capture'],
      handle: async ({ body }) => answer(await provider.refund(body)),
    }),
    endpoint({
      method: 'get',
      path: '/journal',
      operation: 'journal',
      summary: 'The lines behind a sequence number, for reconciliation.',
      query: z.object({
        after: z.coerce.number().int().min(0).max(2_000_000_000).default(0),
        limit: z.coerce.number().int().min(1).max(1000).default(1000),
      }),
      needs,
      answers: { 200: z.strictObject({ entries: z.array(journalEntrySchema) }) },
      problems: [],
      handle: async ({ query }) => ({
        status: 200,
        body: { entries: provider.entries.slice(query.after, query.after + query.limit) },
      }),
    }),
    ...adminEndpoints(failure),
    ...keyEndpoints(keys),
  ];
}

function answer(given: ProviderAnswer) {
  if (given.kind === 'done') return { status: 200, body: { result: given.result } };
  throw new Problem(given.code === 'key-reused' ? 'idempotency-key-reused' : given.code);
}
