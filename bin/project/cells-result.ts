import { z } from 'zod';

const cellRunSchema = z.strictObject({
  experiment: z.string(),
  variant: z.string().optional(),
  level: z.number().int(),
  seed: z.number().int(),
  verdict: z.string(),
  /** The checks that did not pass, each with its verdict. */
  others: z.array(z.string()),
  /** From the injection to the first expected alert at the receiver. */
  predictedMs: z.number().nullable(),
  measuredMs: z.number().nullable(),
  acknowledged: z.number().int(),
  lost: z.number().int(),
  /** Acknowledged writes that a promotion took within what level 3 promises. */
  lostInPromise: z.number().int(),
  duplicated: z.number().int(),
  /** Of the SLO that was hit hardest, % of its 30-day budget. */
  percentOf30d: z.number(),
  wallSeconds: z.number(),
  /** Runnable processes of the whole machine when the run began, a minute's mean: above its cores it was busy with others. */
  loadBefore: z.number(),
  /** What the run was made with: a day's cells may be measured over several commits. */
  commit: z.string(),
});

/** `docs/results/<date>-levels-1-3.json`: experiments on their levels, one run each. */
export const cellsSchema = z.object({
  date: z.iso.date(),
  cores: z.number().int(),
  runs: z.array(cellRunSchema),
});

export type CellRun = Readonly<z.infer<typeof cellRunSchema>>;
export type CellsResult = Readonly<z.infer<typeof cellsSchema>>;

/** Its name among the results, without the date. */
export const cellsName = 'levels-1-3';

const sameCell = (a: CellRun, b: CellRun): boolean =>
  a.experiment === b.experiment && a.variant === b.variant && a.level === b.level && a.seed === b.seed;

/** Pure: a run takes the place of an earlier one of the same cell and seed. */
export function withRun(runs: readonly CellRun[], run: CellRun): CellRun[] {
  const kept = runs.filter((one) => !sameCell(one, run));
  const name = ({ experiment, variant = '', level, seed }: CellRun): string =>
    `${experiment} ${level} ${variant} ${String(seed).padStart(6)}`;
  return [...kept, run].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}
