import { join } from 'node:path';
import { z } from 'zod';
import { root } from './root.ts';

const runSchema = z.strictObject({
  experiment: z.string(),
  seed: z.number().int(),
  verdict: z.string(),
  /** From injection to the page at the receiver. */
  predictedMs: z.number().nullable(),
  measuredMs: z.number().nullable(),
  acknowledged: z.number().int(),
  lost: z.number().int(),
  duplicated: z.number().int(),
  /** Of the SLO that was hit hardest, % of its 30-day budget. */
  percentOf30d: z.number(),
  wallSeconds: z.number(),
  /** Busy time of the whole machine over the run, seconds of one core. */
  cpuSeconds: z.number(),
});

/** One dated file of `docs/results`: what `pnpm bench runs` measured. */
export const resultsSchema = z.strictObject({
  date: z.iso.date(),
  commit: z.string(),
  level: z.number().int(),
  cores: z.number().int(),
  runs: z.array(runSchema),
});

export type Results = Readonly<z.infer<typeof resultsSchema>>;
export type MeasuredRun = Results['runs'][number];

export const resultsFolder = join(root, 'docs/results');
