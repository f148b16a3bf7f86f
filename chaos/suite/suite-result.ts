import { z } from 'zod';

/** A check that did not pass, and what to do about it. */
const lossSchema = z.strictObject({
  check: z.string(),
  verdict: z.enum(['fail', 'inconclusive', 'missing']),
  summary: z.string(),
  fix: z.string(),
});

export const cellResultSchema = z.strictObject({
  /** `lose-primary:promoted@3#1` */
  cell: z.string(),
  level: z.number().int(),
  /** The level without a fault: no cell counts where it does not pass. */
  control: z.boolean(),
  /** `missing`: there is no verdict. */
  verdict: z.enum(['pass', 'fail', 'inconclusive', 'aborted', 'missing']),
  /** What it must be: where those who watch are what breaks, nothing can pass. */
  wanted: z.enum(['pass', 'inconclusive']),
  /** The run's id, below the folder of the runs. */
  run: z.string().optional(),
  losses: z.array(lossSchema),
  detection: z
    .strictObject({ predictedMs: z.number().nullable(), measuredMs: z.number().nullable() })
    .optional(),
  orders: z
    .strictObject({ acknowledged: z.number(), lost: z.number(), duplicated: z.number(), unknown: z.number() })
    .optional(),
  /** Of the SLO that was hit hardest. */
  percentOf30d: z.number().optional(),
  seconds: z.number(),
  commit: z.string().optional(),
});

export type CellResult = Readonly<z.infer<typeof cellResultSchema>>;
export type Wanted = CellResult['wanted'];
export type Loss = CellResult['losses'][number];

/** `suite.json`. */
export interface SuiteResult {
  readonly name: string;
  /** What a suite goes on by: the same key, the same cells with the same plans. */
  readonly key: string;
  readonly score: Score;
  readonly cells: readonly CellResult[];
}

/** Out of 100. What nobody knows could be all or nothing, so there are two ends. */
export interface Score {
  readonly atLeast: number;
  readonly atMost: number;
  readonly cells: number;
  readonly known: number;
}
