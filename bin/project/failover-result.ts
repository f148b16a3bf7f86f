import { failoverSchema } from '@firedrill/chaos/bench';
import { z } from 'zod';

/** `docs/results/<date>-failover.json`: what `pnpm bench failover` measured. */
export const failoverResultSchema = z.looseObject({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  failovers: z.array(failoverSchema),
});

export type FailoverResult = Readonly<z.infer<typeof failoverResultSchema>>;
