import { labRoundSchema } from '@firedrill/chaos/bench';
import { z } from 'zod';

export interface LabGoal {
  readonly level: number;
  readonly megabytes: number;
  readonly seconds: number;
}

/** What the labs of these levels must reach, with all their observability. */
export const labGoals: readonly LabGoal[] = [
  { level: 1, megabytes: 1200, seconds: 10 },
  { level: 4, megabytes: 2500, seconds: 25 },
];

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
