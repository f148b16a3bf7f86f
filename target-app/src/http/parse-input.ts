import type { Request } from 'express';
import { z } from 'zod';
import type { Deadline } from '../data/deadline.ts';
import { tellsToken } from '../data/reads/read-policies.ts';
import { tokenHeader, tokenSchema } from '../data/session/token.ts';
import type { Endpoint, Input } from './endpoint.ts';
import { Problem } from './problem.ts';

/** A customer, as the shop's door has identified it. */
export const customerSchema = z.string().regex(/^c-[0-9]{1,9}$/, 'must be c- and a number');
/** Visible ASCII, so that it is the same in every log and header. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters');

/** @throws {Problem} naming each field that is wrong. */
export function parseInput(
  endpoint: Endpoint,
  request: Request,
  deadline: Deadline,
): Input<unknown, unknown, unknown> & { readonly token: string | undefined } {
  return {
    token: tellsToken(endpoint.operation, endpoint.method) ? tokenOf(request) : undefined,
    customer: endpoint.needs.customer ? customerOf(request) : '',
    key: endpoint.needs.key ? keyOf(request) : '',
    params: endpoint.params === undefined ? undefined : parse('path', endpoint.params, request.params),
    query: endpoint.query === undefined ? undefined : parse('query', endpoint.query, request.query),
    body: endpoint.body === undefined ? undefined : parse('body', endpoint.body, bodyOf(request)),
    deadline,
  };
}

function customerOf(request: Request): string {
  const customer = request.get('x-customer');
  if (customer === undefined) throw new Problem('customer-missing');
  return parse('header X-Customer', customerSchema, customer);
}

function keyOf(request: Request): string {
  const key = request.get('idempotency-key');
  if (key === undefined) throw new Problem('idempotency-key-missing');
  return parse('header Idempotency-Key', idempotencyKeySchema, key);
}

function tokenOf(request: Request): string | undefined {
  const token = request.get(tokenHeader);
  return token === undefined ? undefined : parse(`header ${tokenHeader}`, tokenSchema, token);
}

function bodyOf(request: Request): unknown {
  if (request.is('application/json') === false) throw new Problem('unsupported-media-type');
  return request.body;
}

function parse<T>(place: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem('invalid-request', {
    detail: `the ${place} is not valid`,
    errors: parsed.error.issues.map((issue) => ({
      path: [place, ...issue.path.map(String)].join('.'),
      message: issue.message,
    })),
  });
}
