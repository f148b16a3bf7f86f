import { createHash } from 'node:crypto';
import type { Queries } from '../data/database.ts';
import type { Answer } from '../http/endpoint.ts';

export interface KeyRequest {
  readonly customer: string;
  readonly key: string;
  readonly operation: 'checkout' | 'cancel' | 'return' | 'review';
  readonly requestHash: string;
  /** `null` where the work is one transaction: it is answered when others can see it, and nobody resumes it. */
  readonly orderId: string | null;
}

/** What a key that was sent means. */
export type Claim =
  /** Never seen: this request does the work. */
  | { readonly kind: 'new' }
  /** Whoever worked on it is gone: this request takes it over. */
  | { readonly kind: 'resume'; readonly orderId: string }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'other-request' };

/** The idempotency keys of all customers, in the transaction that the caller has open. */
export interface KeyBooks {
  claim(queries: Queries, request: KeyRequest): Promise<Claim>;
  /** Stores the final answer of one key. A key that has an answer keeps it. */
  answer(
    queries: Queries,
    customer: string,
    key: string,
    orderId: string | null,
    answer: Answer,
  ): Promise<void>;
  /** Stores the final answer of all keys of an order's operation that have none. */
  answerOrder(
    queries: Queries,
    orderId: string,
    operation: 'checkout' | 'cancel',
    answer: Answer,
  ): Promise<void>;
  stored(queries: Queries, customer: string, key: string): Promise<Answer | undefined>;
  /** The caller has given up without an answer: the next request with this key need not wait. */
  unlock(queries: Queries, customer: string, key: string): Promise<void>;
}

/** The same request, whatever the order of its fields. */
export function requestHash(operation: string, request: unknown): string {
  return createHash('sha256')
    .update(`${operation}\n${canonical(request)}`)
    .digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}
