import { z } from 'zod';

/** A Toxiproxy toxic: https://github.com/Shopify/toxiproxy#toxics. Latencies and timeouts in ms, rates in KB/s. */
export const toxicSchema = z.strictObject({
  name: z.string(),
  type: z.enum(['latency', 'bandwidth', 'slow_close', 'timeout', 'reset_peer', 'slicer', 'limit_data']),
  stream: z.enum(['upstream', 'downstream']),
  toxicity: z.number().min(0).max(1),
  attributes: z.record(z.string(), z.number().int().nonnegative()),
});

/** A switch that a node itself offers to its administrator, `PUT /admin/<setting>`; a restart forgets it. */
const settingSchema = z.enum(['failure', 'expiry']);

const edgeDisable = z.strictObject({ kind: z.literal('edge-disable'), edge: z.string() });
const edgeRestore = z.strictObject({ kind: z.literal('edge-restore'), edge: z.string() });
const nodeKill = z.strictObject({ kind: z.literal('node-kill'), node: z.string() });
const nodeStart = z.strictObject({ kind: z.literal('node-start'), node: z.string() });
const toxicOn = { edge: z.string(), toxic: toxicSchema };

/** The loop is played from the start again when it is over. */
const turnSchema = z.strictObject({
  downMs: z.number().int().min(50).max(60_000),
  upMs: z.number().int().min(50).max(60_000),
});

/** The closed vocabulary of effects: the only things that can be done to a lab. */
export const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('toxic-add'), ...toxicOn }),
  /** Changes the attributes of one that is in; bytes that it holds just then pass at once. */
  z.strictObject({ kind: z.literal('toxic-update'), ...toxicOn }),
  edgeDisable,
  /** Whoever connects waits: somebody listens in the proxy's place, and never takes a connection. */
  z.strictObject({ kind: z.literal('edge-hang'), edge: z.string() }),
  nodeKill,
  /** Holds every process of the node. */
  z.strictObject({ kind: z.literal('node-pause'), node: z.string() }),
  /** Kills the node and starts it again, turn after turn. */
  z.strictObject({
    kind: z.literal('node-restart-loop'),
    node: z.string(),
    turns: z.array(turnSchema).min(1).max(100).readonly(),
  }),
  /** Leaves so many bytes on the node's own disk. */
  z.strictObject({
    kind: z.literal('disk-fill'),
    node: z.string(),
    leaveBytes: z.number().int().nonnegative(),
  }),
  /** Rolls a release out to every API: one of compose/lab/levers/releases.ts. */
  z.strictObject({ kind: z.literal('release'), release: z.string() }),
  z.strictObject({
    kind: z.literal('node-setting'),
    node: z.string(),
    setting: settingSchema,
    value: z.record(z.string(), z.number()),
  }),
  /** Lets the node run for `share` of each period, and holds it for the rest. */
  z.strictObject({
    kind: z.literal('node-starve'),
    node: z.string(),
    share: z.number().positive().max(0.95),
    periodMs: z.number().int().min(50).max(10_000),
  }),
  /** Takes so many connections of the shop's database through the edge, each with a transaction that does not end. */
  z.strictObject({
    kind: z.literal('pool-hog'),
    edge: z.string(),
    connections: z.number().int().positive().max(200),
    /** One after the other, evenly over this time, ms; at once where it is left out. */
    overMs: z.number().int().positive().optional(),
  }),
]);

/** An undo names what must be as the topology says again; it is idempotent, so it can be replayed after any crash. */
export const undoSchema = z.discriminatedUnion('kind', [
  edgeRestore,
  z.strictObject({ kind: z.literal('edge-hang-end'), edge: z.string() }),
  nodeStart,
  z.strictObject({ kind: z.literal('node-continue'), node: z.string() }),
  z.strictObject({ kind: z.literal('node-restart-loop-end'), node: z.string() }),
  z.strictObject({ kind: z.literal('disk-free'), node: z.string() }),
  z.strictObject({ kind: z.literal('node-setting-reset'), node: z.string(), setting: settingSchema }),
  z.strictObject({ kind: z.literal('node-starve-end'), node: z.string() }),
  z.strictObject({ kind: z.literal('pool-hog-end'), edge: z.string() }),
  /** What a fault rolled out runs no more. */
  z.strictObject({ kind: z.literal('release-end') }),
]);

export type Turn = Readonly<z.infer<typeof turnSchema>>;
export type Toxic = Readonly<z.infer<typeof toxicSchema>>;
export type Setting = z.infer<typeof settingSchema>;
export type Action = Readonly<z.infer<typeof actionSchema>>;
export type Undo = Readonly<z.infer<typeof undoSchema>>;

/** Pure: what undoes an action. */
export function undoOf(action: Action): Undo {
  switch (action.kind) {
    case 'toxic-add':
    case 'toxic-update':
    case 'edge-disable':
      return { kind: 'edge-restore', edge: action.edge };
    case 'edge-hang':
      return { kind: 'edge-hang-end', edge: action.edge };
    case 'release':
      return { kind: 'release-end' };
    case 'node-kill':
      return { kind: 'node-start', node: action.node };
    case 'node-pause':
      return { kind: 'node-continue', node: action.node };
    case 'node-restart-loop':
      return { kind: 'node-restart-loop-end', node: action.node };
    case 'disk-fill':
      return { kind: 'disk-free', node: action.node };
    case 'node-setting':
      return { kind: 'node-setting-reset', node: action.node, setting: action.setting };
    case 'node-starve':
      return { kind: 'node-starve-end', node: action.node };
    case 'pool-hog':
      return { kind: 'pool-hog-end', edge: action.edge };
  }
}
