import { FiredrillError } from '@firedrill/errors';
import { leverWith } from '@firedrill/lab/levers';
import { feedStores } from '@firedrill/topology';
import { z } from 'zod';
import { blindnessSchema } from '../journal/event.ts';
import { firstFlaw } from './flaw.ts';
import { selectorSchema } from './selector-schema.ts';

const severity = z.enum(['page', 'ticket']);
/** An exact name: a pattern would let through what nobody thought of. */
const alertName = z.string().regex(/^[A-Z][A-Za-z0-9]*$/, 'write the exact name of one alert, no pattern');
/** With a reason that says more than "it may". */
const reasoned = z.array(
  z.strictObject({ alert: alertName, severity, reason: z.string().min(11, 'say why, in a few words') }),
);
const ratio = z.number().min(0).max(1);
/** Of one SLO while the fault is in; `forMs` where the users are served again before the heal. */
const impactSchema = z.union([ratio, z.strictObject({ ratio, forMs: z.number().int().positive() })], {
  error: 'give a share from 0 to 1, or { ratio, forMs }',
});

const stepSchema = z.strictObject({
  /** After the control phase, ms. */
  atMs: z.number().int().nonnegative().default(0),
  durationMs: z.number().int().positive(),
  /** Later, and longer, by up to this, drawn from the run's seed, ms. */
  atJitterMs: z.number().int().nonnegative().default(0),
  durationJitterMs: z.number().int().nonnegative().default(0),
  /** A name of chaos/faults. */
  fault: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  on: selectorSchema,
});

const guardSchema = z
  .strictObject({
    /** PromQL; each of the values that it answers counts. */
    query: z.string(),
    above: z.number().optional(),
    below: z.number().optional(),
    /** What it would mean, for whoever reads that the run was aborted. */
    reason: z.string().min(11, 'say why, in a few words'),
  })
  .refine(({ above, below }) => (above === undefined) !== (below === undefined), {
    path: ['above'],
    message: 'say `above` or `below`, one of them',
  });

const fields = {
  title: z.string(),
  /** What is believed to happen to the users, in one sentence. */
  hypothesis: z.string(),
  /** Of the lab, where its servers choose their leader: `fast` is below what Patroni supports. */
  timers: z.enum(['supported', 'fast']),
  /** Of the lab: where feeds are kept, in the database or as documents in a store of their own. */
  feed: z.enum(feedStores),
  /** Steady load without a fault, ms. On the drill clock at least 60 s, or the seam of the history is in the windows. */
  controlMs: z.number().int().positive(),
  /** Load after the last heal, ms; it goes on longer while a page is open. */
  recoveryMs: z.number().int().nonnegative(),
  timeline: z.array(stepSchema).min(1),
  /** What a person does by the runbook while the fault is in. The runner does it; its heal does not take it back. */
  operator: z.array(
    /** One of compose/lab/levers, with its own fields; `atMs`: after the control phase. */
    leverWith({ atMs: z.number().int().nonnegative() }),
  ),
  /**
   * Nobody has to come: the users are served again so long after the first injection, at the latest, while the fault is still in, ms.
   * It is the system's own time, so no clock stretches it; what comes after it is the phase `mitigated`.
   */
  recoversMs: z.number().int().positive().optional(),
  /** SLO name → the error ratio that the fault is predicted to cause while it is in. */
  impact: z.record(z.string(), impactSchema),
  alerts: z.strictObject({
    /** Must fire. The prediction comes from the `impact` on the SLO of that alert. */
    expected: z.array(
      z.strictObject({
        alert: alertName,
        severity,
        /** An alert further up this list: it must be delivered before this one. */
        after: z.strictObject({ alert: alertName, severity }).optional(),
        /** Only where the alert is no SLO's: when its own rule should fire after the injection, ms. */
        afterMs: z.number().positive().optional(),
        /** Latest acceptable delivery after the injection on the drill clock, ms. */
        withinMs: z.number().positive(),
      }),
    ),
    /** Must not fire, and why: what a wrong design would page for. Some are forbidden always (forbidden.ts). */
    forbidden: reasoned.default([]),
    /** May fire, and why; anything else that does fails the alert contract, too. */
    allowed: reasoned.default([]),
  }),
  /**
   * By what it must show that nobody watches, where the watchers are what breaks. Such a run is never a pass: what the alerts
   * would have said meanwhile, nobody knows.
   */
  blind: z.array(blindnessSchema),
  hypotheses: z.array(
    z.strictObject({
      phase: z.enum(['control', 'fault', 'mitigated', 'recovered']),
      operation: z.string(),
      measure: z.enum(['errorRatio', 'p99Ms']),
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
    }),
  ),
  /** When the run ends early and everything is healed. */
  abort: z
    .strictObject({
      /** Above this many bad answers; by default worked out from the impact. */
      badEventsAtMost: z.number().int().positive().optional(),
      /** When one of these fires: an alert that means that something else breaks than was meant. */
      alerts: z.array(z.strictObject({ alert: alertName, severity })).default([]),
      /** When a value that the lab's Prometheus answers is over or under what is said here. */
      queries: z.array(guardSchema).default([]),
    })
    .optional(),
};

const changesSchema = z.strictObject(fields).partial();
/** Level → what is different there. */
const byLevelSchema = z.record(z.string().regex(/^[1-6]$/, 'name a level'), changesSchema).default({});

export const experimentSchema = z.strictObject({
  /** The file's name without `.ts`. */
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'use small letters, digits and dashes'),
  /** A name of chaos/targets. */
  target: z.string().default('shop'),
  /** The levels of the topology that it can run on. */
  levels: z.array(z.number().int().positive()).min(1).default([1]),
  ...fields,
  timers: fields.timers.default('supported'),
  feed: fields.feed.default('postgres'),
  controlMs: fields.controlMs.default(62_000),
  recoveryMs: fields.recoveryMs.default(15_000),
  operator: fields.operator.default([]),
  blind: fields.blind.default([]),
  byLevel: byLevelSchema,
  /** `--variant <name>`: what is different in it, on all levels or on some. */
  variants: z
    .record(
      z.string(),
      changesSchema.extend({
        /** Default: those of the experiment. */
        levels: z.array(z.number().int().positive()).min(1).optional(),
        byLevel: byLevelSchema,
      }),
    )
    .default({}),
});

/** An experiment as its author writes it: hypothesis, fault timeline, alert contract. Times in ms. */
export type Experiment = Readonly<z.input<typeof experimentSchema>>;
/** With every default filled in. */
export type ParsedExperiment = Readonly<z.output<typeof experimentSchema>>;
/** What a level or a variant changes. */
export type Changes = z.output<typeof changesSchema>;

/**
 * @param where what the value was read from.
 * @throws {FiredrillError} `invalid-data`, naming file, field and fix.
 */
export function parseExperiment(value: unknown, where: string): ParsedExperiment {
  const parsed = experimentSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { field, problem, fix } = firstFlaw(parsed.error, experimentSchema);
  throw new FiredrillError('invalid-data', `not an experiment: ${problem}`, {
    where: field === '' ? where : `${where}: ${field}`,
    fix: fix ?? 'docs/experiments.md says how one is written',
  });
}
