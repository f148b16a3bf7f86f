import { z } from 'zod';

/** So long, or longer: it was still so when the fault was taken out. */
const spanSchema = z.strictObject({ ms: z.number().int(), healedByUs: z.boolean() });

const figuresSchema = z.strictObject({
  /** The longest time without an acknowledged write; null: no write failed. */
  writeOutage: spanSchema.nullable(),
  /** Of all users, answered after the injection. */
  requests: z.number().int(),
  failedRequests: z.number().int(),
  /** Of the yardstick: how long nobody being served would have cost as much, and its share of 30 days at the common rate. */
  fullOutageSeconds: z.number(),
  percentOf30d: z.number(),
  /** The first page at the receiver after the injection, by the level's own objective, ms. */
  page: z.string().nullable(),
  pagedMs: z.number().int().nullable(),
  /** When the yardstick's page would have come by the users' own requests and the pipeline's mean delay, ms. */
  yardstickPageMs: z.number().int().nullable(),
  /** From the injection until users are served again; null: they always were. */
  recovery: spanSchema.nullable(),
  acknowledged: z.number().int(),
  lost: z.number().int(),
  lostInPromise: z.number().int(),
  duplicated: z.number().int(),
  /** What the runbook pulled, ms after the injection. */
  levers: z.array(z.strictObject({ words: z.string(), doneMs: z.number().int() })),
});

export const rowResultSchema = z.strictObject({
  /** `3`, `3+runbook` */
  row: z.string(),
  level: z.number().int(),
  answered: z.enum(['nobody', 'runbook']),
  /** The level's own, of the yardstick's name, percent. */
  objective: z.number(),
  /** `missing`: there is no verdict. */
  verdict: z.enum(['pass', 'fail', 'inconclusive', 'aborted', 'missing']),
  /** Whatever did not pass, and why. */
  problems: z.array(z.string()),
  /** The run's id, below the folder of the runs. */
  run: z.string().optional(),
  /** Absent where the fault was not held to its end. */
  figures: figuresSchema.optional(),
  seconds: z.number(),
  commit: z.string().optional(),
});

/** `comparison.json` */
export const comparisonSchema = z.strictObject({
  /** What it goes on by: the same key, the same rows with the same plans. */
  key: z.string(),
  experiment: z.string(),
  variant: z.string().optional(),
  title: z.string(),
  seed: z.number().int(),
  /** The same in every row. */
  rps: z.number(),
  holdMs: z.number(),
  yardstick: z.strictObject({ slo: z.string(), objective: z.number() }),
  /** At least three times as long as the slowest level took to recover by itself. */
  heldLongEnough: z.boolean(),
  rows: z.array(rowResultSchema),
});

export type Span = Readonly<z.infer<typeof spanSchema>>;
export type Figures = Readonly<z.infer<typeof figuresSchema>>;
export type RowResult = Readonly<z.infer<typeof rowResultSchema>>;
export type Comparison = Readonly<z.infer<typeof comparisonSchema>>;
