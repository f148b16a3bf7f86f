import { comparisonSchema } from '@firedrill/chaos/compare';
import { z } from 'zod';

/** Its name among the results, without the date. */
export const compareName = 'compare';

/** `docs/results/<date>-compare.json`: what `pnpm bench compare` measured. */
export const compareResultSchema = z.strictObject({
  date: z.iso.date(),
  commit: z.string(),
  uncommittedChanges: z.boolean().optional(),
  cores: z.number().int(),
  cpu: z.string(),
  ...comparisonSchema.shape,
});

export type CompareResult = Readonly<z.infer<typeof compareResultSchema>>;
