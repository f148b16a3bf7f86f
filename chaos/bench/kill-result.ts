import { z } from 'zod';
import { victims } from './kill-points.ts';

export const playedKillSchema = z.strictObject({
  victim: z.enum(victims),
  variant: z.string().optional(),
  from: z.enum(['load', 'intent']),
  momentMs: z.number().int(),
  /** What was in when it died, as the journal says. */
  effects: z.number().int(),
  /** From the kill until the lab was whole for good; `null` when it was not, or the run did not come so far. */
  healedMs: z.number().int().nullable(),
  problem: z.string().optional(),
});

/** One kill, and what came of it. */
export type PlayedKill = Readonly<z.infer<typeof playedKillSchema>>;
