import { z } from 'zod';

/** Written before the request leaves: what the client is about to ask. */
const invokeSchema = z.strictObject({
  type: z.literal('invoke'),
  /** Unique in the run. A retry has an id of its own and names the first attempt in `retryOf`. */
  id: z.number().int(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** The scheduled arrival, ms since the epoch: latency is measured from here. */
  due: z.number(),
  operation: z.string(),
  customer: z.string(),
  write: z.boolean(),
  /** The idempotency key of a write. */
  key: z.string().optional(),
  method: z.string(),
  path: z.string(),
  body: z.unknown().optional(),
  retryOf: z.number().int().optional(),
  /** What the customer's earlier answers told, as it was sent. */
  token: z.string().optional(),
});

/**
 * Written when the answer is known. `ok`: acknowledged (2xx). `refused`: a definite no without effect (4xx).
 * `unknown`: time-out, broken connection or 5xx: it may or may not have happened.
 */
const resultSchema = z.strictObject({
  type: z.enum(['ok', 'refused', 'unknown']),
  id: z.number().int(),
  at: z.number(),
  /** From `due`, milliseconds. */
  latencyMs: z.number(),
  /** How it counts for the SLIs: `excluded` is a client's own mistake or a declined card. */
  sli: z.enum(['good', 'bad', 'excluded']),
  status: z.number().int().optional(),
  /** The problem's code, or the transport error: `timeout`, `ECONNRESET` … */
  code: z.string().optional(),
  /** The answer's body, for writes and for the reads that are held against them. */
  response: z.unknown().optional(),
  /** The replica that answered a read, and how far it was behind, as the answer's headers said. */
  readFrom: z.string().optional(),
  stalenessMs: z.number().optional(),
  /** How far the customer had come, as the answer told. */
  token: z.string().optional(),
  traceId: z.string().optional(),
});

export const ledgerEntrySchema = z.discriminatedUnion('type', [
  invokeSchema,
  resultSchema.extend({ type: z.literal('ok') }),
  resultSchema.extend({ type: z.literal('refused') }),
  resultSchema.extend({ type: z.literal('unknown') }),
]);

export type Invoke = Readonly<z.infer<typeof invokeSchema>>;
export type Result = Readonly<z.infer<typeof resultSchema>>;
export type LedgerEntry = Readonly<z.infer<typeof ledgerEntrySchema>>;
