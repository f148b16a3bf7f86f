import { z } from 'zod';

/** verdict.json: what a script reads of a run. Its JSON Schema is committed as chaos/report/verdict.schema.json. */
export const verdictSchema = z.strictObject({
  verdict: z.enum(['pass', 'fail', 'inconclusive', 'aborted']),
  run: z.string(),
  experiment: z.string(),
  variant: z.string().optional(),
  level: z.number().int(),
  seed: z.number().int(),
  clock: z.enum(['drill', 'production']),
  checks: z.array(
    z.strictObject({
      name: z.string(),
      verdict: z.enum(['pass', 'fail', 'inconclusive']),
      /** One sentence with figures. */
      summary: z.string(),
      /** Paths in the run's folder, or figures. */
      evidence: z.array(z.string()),
    }),
  ),
  /** From injection to the page at the receiver; null where nothing was predicted or nothing came. */
  detection: z.strictObject({ predictedMs: z.number().nullable(), measuredMs: z.number().nullable() }),
  orders: z.strictObject({
    acknowledged: z.number().int(),
    lost: z.number().int(),
    duplicated: z.number().int(),
    unknown: z.number().int(),
  }),
  /** What was promised of orders and money, by invariant (docs/integrity.md). Empty where the books were not read. */
  integrity: z.strictObject({
    invariants: z.array(
      z.strictObject({
        invariant: z.number().int(),
        promise: z.string(),
        verdict: z.enum(['pass', 'fail', 'inconclusive']),
        examined: z.number().int(),
        violations: z.number().int(),
        unresolved: z.number().int(),
        /** Would be violations at a level that promises more. */
        admitted: z.number().int(),
      }),
    ),
    /** Acknowledged writes that a promotion took, as level 3 admits; of those beyond it tells `violations`. */
    lostInPromise: z.number().int(),
    /** Order reads that a replica answered with what their customer knew to be past, as level 3 admits. */
    staleReads: z.number().int(),
  }),
  budget: z.array(
    z.strictObject({
      slo: z.string(),
      badEvents: z.number().int(),
      fullOutageSeconds: z.number().int(),
      percentOf30d: z.number(),
      /** Whose the bad events were; they sum to `badEvents`. */
      buckets: z.strictObject({
        incident: z.number().int(),
        overlap: z.number().int(),
        control: z.number().int(),
        background: z.number().int(),
      }),
    }),
  ),
});

export type Verdict = Readonly<z.infer<typeof verdictSchema>>;
export type Check = Verdict['checks'][number];
