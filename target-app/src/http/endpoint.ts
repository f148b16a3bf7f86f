import type { z } from 'zod';
import type { Deadline } from '../data/deadline.ts';
import type { ProblemCode } from './problems.ts';

/** A successful answer. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a handler gets: already checked against the endpoint's schemas. */
export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** From X-Customer; empty where the endpoint does not ask for it. */
  readonly customer: string;
  /** From Idempotency-Key; empty where the endpoint does not ask for it. */
  readonly key: string;
  readonly deadline: Deadline;
}

/** One route as data: it is served, documented and tested from the same schemas. */
export interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With parameters in braces, as OpenAPI writes them: `/orders/{id}`. */
  readonly path: string;
  readonly operation: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly needs: { readonly customer: boolean; readonly key: boolean };
  /** The successful statuses and their bodies. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** The problems that are this endpoint's own; those of every endpoint are added. */
  readonly problems: readonly ProblemCode[];
  handle(input: Input<unknown, unknown, unknown>): Promise<Answer>;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** Ties the handler's input to the schemas it was written for. */
export function endpoint<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  spec: Omit<Endpoint, 'handle' | 'params' | 'query' | 'body'> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    handle(input: Input<Parsed<P>, Parsed<Q>, Parsed<B>>): Promise<Answer>;
  },
): Endpoint {
  return spec as unknown as Endpoint;
}
