import { z } from 'zod';

/** A Toxiproxy toxic: https://github.com/Shopify/toxiproxy#toxics. Latencies and timeouts in ms, rates in KB/s. */
export const toxicSchema = z.strictObject({
  name: z.string(),
  type: z.enum(['latency', 'bandwidth', 'slow_close', 'timeout', 'reset_peer', 'slicer', 'limit_data']),
  stream: z.enum(['upstream', 'downstream']),
  toxicity: z.number().min(0).max(1),
  attributes: z.record(z.string(), z.number().int().nonnegative()),
});

/** The closed vocabulary of effects: the only things that can be done to a lab. */
export const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('toxic-add'), edge: z.string(), toxic: toxicSchema }),
  z.strictObject({ kind: z.literal('edge-disable'), edge: z.string() }),
  z.strictObject({ kind: z.literal('node-kill'), node: z.string() }),
]);

/** An undo names what must be as the topology says again; it is idempotent, so it can be replayed after any crash. */
export const undoSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('edge-restore'), edge: z.string() }),
  z.strictObject({ kind: z.literal('node-start'), node: z.string() }),
]);

export type Toxic = Readonly<z.infer<typeof toxicSchema>>;
export type Action = Readonly<z.infer<typeof actionSchema>>;
export type Undo = Readonly<z.infer<typeof undoSchema>>;

/** Pure: what undoes an action. */
export function undoOf(action: Action): Undo {
  return action.kind === 'node-kill'
    ? { kind: 'node-start', node: action.node }
    : { kind: 'edge-restore', edge: action.edge };
}
