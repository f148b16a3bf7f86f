import { z } from 'zod';

/** When, and by whom. */
const base = {
  /** One start of a lab: `0a1b2c3d-l1-20261123T045557123Z`. */
  lab: z.string(),
  /** The incident's id. */
  incident: z.string(),
  /** 1, 2, 3 … over the acts of the incident. */
  revision: z.number().int().positive(),
  at: z.iso.datetime({ precision: 3 }),
  by: z.string(),
  /** The lab's newest notification that the pager knew, 0 for none: what came first is told by this and by no clock. */
  after: z.number().int().nonnegative(),
};
const act = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ ...base, kind: z.literal(kind), ...shape });

/** What a person did about an incident. Acts are only ever added. */
export const actSchema = z.discriminatedUnion('kind', [
  act('acknowledge', {}),
  act('assign', { to: z.string() }),
  act('note', { text: z.string() }),
  /** `firing`: the pages that had not ended, as `page CheckoutAvailability`. */
  act('resolve', { text: z.string().optional(), firing: z.array(z.string()) }),
  /** Asks for somebody else: whoever had it has it no more. */
  act('escalate', { to: z.string().optional(), text: z.string().optional() }),
]);

export type Act = Readonly<z.infer<typeof actSchema>>;
export type ActKind = Act['kind'];

type Without<A, K extends PropertyKey> = A extends Act ? Omit<A, K> : never;
/** An act before the pager has taken it: it gives the rest. */
export type ActDraft = Without<Act, keyof typeof base | 'firing'>;
