import { z } from 'zod';
import { blindnessSchema } from '../journal/event.ts';

const ms = z.number().int().nullable();

const alertSchema = z.strictObject({
  alert: z.string(),
  severity: z.enum(['page', 'ticket']),
  /** `silent`: its events crossed θ, nothing fired, and nobody expected it to. */
  standing: z.enum(['expected', 'allowed', 'forbidden', 'unexpected', 'silent']),
  /** Absent where the alert is no SLO's: then nothing is known of its events. */
  slo: z.string().optional(),
  firstBadMs: ms,
  /** The users' own requests cross θ. */
  crossingMs: ms,
  pendingMs: ms,
  firingMs: ms,
  deliveredMs: ms,
  /** By whoever has the pager: `pnpm oncall ack`. */
  acknowledgedMs: ms,
  resolvedMs: ms,
  /** Delivery by the crossing and the pipeline's mean delay, or by the rule where the alert is no SLO's. */
  predictedMs: ms,
  predictedResolvedMs: ms,
  /** The same from the first bad event: how long the crossing takes, the best that any alerting could reach, what was. */
  fromFirstBad: z.strictObject({ crossingMs: ms, bestMs: ms, measuredMs: ms }),
});

const incidentSchema = z.strictObject({
  openedMs: z.number().int(),
  resolvedMs: ms,
  /** By the users' own requests. */
  predictedResolvedMs: ms,
  /** The page that opened it, then what attached to it, as `page CheckoutAvailability`. */
  alerts: z.array(z.string()),
});

const silenceSchema = z.strictObject({
  /** Alertmanager's. */
  id: z.string(),
  owner: z.string(),
  reason: z.string(),
  fromMs: z.number().int(),
  toMs: z.number().int(),
  /** What fired while it was silenced, as `page CheckoutAvailability`. */
  alerts: z.array(z.string()),
});

const blindSchema = z.strictObject({
  by: blindnessSchema,
  /** The nodes that were not scraped. */
  what: z.array(z.string()),
  /** Whether the SLOs' pages could not have come. */
  pages: z.boolean(),
  /** Last heard or seen. */
  fromMs: z.number().int(),
  /** Heard or seen again; null: not in this run. */
  toMs: ms,
});

/** verdict.json: what a script reads of a run. Its JSON Schema is committed as chaos/report/verdict.schema.json. */
export const verdictSchema = z.strictObject({
  verdict: z.enum(['pass', 'fail', 'inconclusive', 'aborted']),
  run: z.string(),
  experiment: z.string(),
  variant: z.string().optional(),
  level: z.number().int(),
  seed: z.number().int(),
  clock: z.enum(['drill', 'production']),
  /** Of an aborted run: why, and how long after that reason arose the last effect was undone and read back; null where none was in. */
  abort: z.strictObject({ reason: z.string(), toHealedMs: ms }).optional(),
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
  /**
   * Every alert that was expected, fired, or should have fired by the users' own requests. Moments in ms after the injection,
   * null where they did not come. Verdicts made before there was such a list have none.
   */
  alerts: z.array(alertSchema).optional(),
  /** From their first page to the end of their last; ms after the injection. Older verdicts have none. */
  incidents: z.array(incidentSchema).optional(),
  /** What was held back by a person during the run; ms after the injection. Older verdicts have none. */
  silences: z.array(silenceSchema).optional(),
  /** When nobody would have been told, and by what that shows; ms after the injection. Older verdicts have none. */
  blind: z.array(blindSchema).optional(),
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
