import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labRoundSchema } from '@firedrill/chaos/bench';
import { z } from 'zod';
import { resultsFolder } from './results.ts';

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

/** The newest one; `undefined` where nothing was measured yet. */
export function latestLabResult(): { readonly file: string; readonly result: LabResult } | undefined {
  const file = readdirSync(resultsFolder)
    .filter((name) => name.endsWith('-lab.json'))
    .sort()
    .at(-1);
  if (file === undefined) return undefined;
  return { file, result: labResultSchema.parse(JSON.parse(readFileSync(join(resultsFolder, file), 'utf8'))) };
}
