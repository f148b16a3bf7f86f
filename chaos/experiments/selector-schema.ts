import { z } from 'zod';

/** One side of a partition: nodes by name, all with a role, or all there are. */
const sideSchema = z.union([
  z.strictObject({ nodes: z.array(z.string()).min(1) }),
  z.strictObject({ role: z.enum(['user', 'monitoring', 'any']) }),
]);

/** Of a fault that goes one way: `there` from an edge's source, or the first side, to the other end; `back` the other way. */
const direction = z.enum(['there', 'back']).optional();
const edgesSchema = z.strictObject({ edges: z.array(z.string()).min(1), direction });
const nodesSchema = z.strictObject({ nodes: z.array(z.string()).min(1) });

/** What a fault is put on. */
export const selectorSchema = z.union(
  [
    edgesSchema,
    nodesSchema,
    /** Every edge that crosses from one side to the other, whoever dials; of these planes only, where they are named. */
    z.strictObject({
      between: z.tuple([sideSchema, sideSchema]),
      direction,
      planes: z
        .array(z.enum(['data', 'telemetry']))
        .min(1)
        .optional(),
    }),
    /** So many of them, drawn from the run's seed. */
    z.strictObject({ pick: z.number().int().positive(), of: z.union([edgesSchema, nodesSchema]) }),
  ],
  {
    error:
      'give { edges: [name, …] }, { nodes: [name, …] }, { between: [side, side] }, a side being { nodes } or { role: user | monitoring | any }, or { pick: count, of: { edges } or { nodes } }',
  },
);

export type Selector = Readonly<z.output<typeof selectorSchema>>;
export type Side = Readonly<z.output<typeof sideSchema>>;
