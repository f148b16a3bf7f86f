import { labRoundSchema } from '@firedrill/chaos/bench';
import { z } from 'zod';

/** What the lab of level 1 must reach, with all its observability. */
export const labGoals = { level: 1, megabytes: 1200, seconds: 10 } as const;

/** `docs/results/<date>-lab.json`: what `pnpm bench lab` measured. */
export const labResultSchema = z.looseObject({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  /** How long the load lasted. */
  loadSeconds: z.number().int(),
  rounds: z.array(labRoundSchema),
});

export type LabResult = Readonly<z.infer<typeof labResultSchema>>;
