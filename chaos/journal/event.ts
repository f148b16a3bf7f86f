import { notificationSchema } from '@firedrill/alerts';
import { actionSchema, undoSchema } from '@firedrill/lab/control';
import { leverWith } from '@firedrill/lab/levers';
import { feedStores } from '@firedrill/topology';
import { z } from 'zod';

const base = { seq: z.number().int(), at: z.iso.datetime({ precision: 3 }) };
const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ ...base, type: z.literal(type), ...shape });

export const plannedFaultSchema = z.strictObject({
  /** Unique in its plan: the fault's name, numbered where there are several (`drop-2`). Events call it by this. */
  id: z.string(),
  /** From the start of the load, milliseconds. */
  startMs: z.number(),
  endMs: z.number(),
  /** The fault's file name in chaos/faults: `drop`, `latency`. */
  fault: z.string(),
  /** One line with parameters and units: `latency 200 ms ± 20 ms`. */
  label: z.string(),
  /** Plot colour. */
  colour: z.string(),
  edges: z.array(z.string()),
  nodes: z.array(z.string()),
  /** Edges that it also reaches: a pool that is empty is empty for all its callers. */
  reach: z.array(z.string()),
  effects: z.array(
    z.strictObject({
      /** After the fault's start, where it comes later than that, ms. */
      atMs: z.number().optional(),
      action: actionSchema,
      undo: undoSchema,
    }),
  ),
  /** What the witness must see: free-form figures per fault, checked by the fault's own `witness`. */
  expect: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/**
 * What shows that a watcher sees nothing: the Watchdog's heartbeat is not heard, targets that live are not scraped, Loki
 * evaluates no rule.
 */
export const blindnessSchema = z.enum(['heartbeat', 'scrapes', 'log-rules']);

const severity = z.enum(['page', 'ticket']);
const reasoned = z.array(z.strictObject({ alert: z.string(), severity, reason: z.string() }));

export const planSchema = z.strictObject({
  experiment: z.string(),
  title: z.string(),
  hypothesis: z.string(),
  variant: z.string().optional(),
  level: z.number().int(),
  service: z.string(),
  seed: z.number().int(),
  clock: z.enum(['drill', 'production']),
  /** How soon a lost leader is replaced, where the servers choose; runs made before level 4 have none. */
  timers: z.enum(['supported', 'fast']).optional(),
  /** Where feeds are kept; absent: in the database. */
  feed: z.enum(feedStores).optional(),
  rps: z.number(),
  seedRps: z.number(),
  controlMs: z.number(),
  /** From the start of the load. */
  loadMs: z.number(),
  /** From when on how many times `rps` is sent; ms from the start of the load. Until the first of them once. */
  traffic: z.array(z.strictObject({ fromMs: z.number(), factor: z.number() })).default([]),
  faults: z.array(plannedFaultSchema),
  /** What a person does by the runbook while the fault is in; from the start of the load. */
  operator: z.array(leverWith({ atMs: z.number() })),
  /** By when the users are served again by themselves while the fault is in, ms after the injection. */
  recoversMs: z.number().optional(),
  alerts: z.strictObject({
    expected: z.array(
      z.strictObject({
        alert: z.string(),
        severity,
        /** Latest acceptable delivery after the first injection, ms. */
        withinMs: z.number(),
        /** After the injection, ms: from the burn-rate formula, or from the rule itself where the alert is no SLO's. */
        predictedMs: z.number(),
        /** The expected alert that must be delivered before this one. */
        after: z.strictObject({ alert: z.string(), severity }).optional(),
        /** Its end after the injection by the formula, ms; absent where the alert is no SLO's. */
        resolvesMs: z.number().optional(),
      }),
    ),
    /** Must not fire, and why. Runs made before there was such a list have none. */
    forbidden: reasoned.default([]),
    /** May fire, and why. Whatever is in none of the three lists must not fire either. */
    allowed: reasoned,
  }),
  /** By what the watchers are expected to be blind: what an experiment about them is for. Such a run is never a pass. */
  blind: z.array(blindnessSchema).default([]),
  /** What must hold for the users, by operation, while the fault is in and after it. */
  hypotheses: z.array(
    z.strictObject({
      phase: z.enum(['control', 'fault', 'mitigated', 'recovered']),
      operation: z.string(),
      measure: z.enum(['errorRatio', 'p99Ms']),
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
    }),
  ),
  /** Predicted bad events per SLO. */
  predictedBudget: z.array(
    z.strictObject({ slo: z.string(), badEvents: z.number(), percentOf30d: z.number() }),
  ),
  /** Runs made before alerts and queries could abort them have none. */
  abort: z.strictObject({
    badEventsAtMost: z.number(),
    alerts: z.array(z.strictObject({ alert: z.string(), severity })).default([]),
    queries: z
      .array(
        z.strictObject({
          query: z.string(),
          above: z.number().optional(),
          below: z.number().optional(),
          reason: z.string(),
        }),
      )
      .default([]),
  }),
});

/** What a run keeps of a notification: who, what and when, without the labels and texts. */
export const alertNotificationSchema = notificationSchema
  .pick({
    alert: true,
    severity: true,
    slo: true,
    status: true,
    startsAt: true,
    endsAt: true,
    receivedAt: true,
  })
  // Tells the instances of one alert apart; runs made before it was kept have none.
  .extend({ fingerprint: z.string().optional() });

export const witnessReadingSchema = z.strictObject({
  stage: z.enum(['before', 'during', 'after']),
  target: z.string(),
  kind: z.enum(['edge', 'node']),
  /** `touched` by the fault, or `untouched`: its blast radius. */
  role: z.enum(['touched', 'untouched']),
  /** `hang-up`: new ones on which the other side is asked to close. */
  connection: z.enum(['new', 'old', 'hang-up', 'process']),
  /** What happened to the probes: answered, timed-out, refused, reset, closed. */
  outcomes: z.record(z.string(), z.number().int()),
  /** The fastest of those that were answered, their median and p99. */
  bestMs: z.number().optional(),
  p50Ms: z.number().optional(),
  p99Ms: z.number().optional(),
  /** How many of the new connections were taken, and how long that took. */
  connected: z.number().int().optional(),
  connectP50Ms: z.number().optional(),
  /** How long the other side took to close after an answer, when this one had ended. */
  closeP50Ms: z.number().optional(),
  /** Of old connections: there can be none, since the other end closes each after its answer. */
  oneAnswer: z.literal(true).optional(),
  /** Of the probes. */
  sentBytes: z.number().int().optional(),
  receivedBytes: z.number().int().optional(),
  /** Connections of others that were seen on a touched edge. */
  others: z.number().int().optional(),
  running: z.boolean().optional(),
  /** What a gauge of the fault read on a node, e.g. the share of the time in which it was held. */
  figures: z.record(z.string(), z.number()).optional(),
});

export const journalEventSchema = z.discriminatedUnion('type', [
  event('planned', { run: z.string(), target: z.string(), commit: z.string().optional(), plan: planSchema }),
  event('lab-ready', {
    labId: z.string(),
    /** By this run: it was not there before. */
    started: z.boolean(),
    tookMs: z.number(),
    /** When its making began, and its quiet history ends; runs made before that was kept have none. */
    startedAt: z.iso.datetime({ precision: 3 }).optional(),
  }),
  event('phase', {
    phase: z.enum(['control', 'inject', 'watch', 'heal', 'drain', 'settle', 'evidence', 'check', 'teardown']),
  }),
  event('load-started', { startedAtMs: z.number() }),
  event('load-stopped', { sent: z.number(), late: z.number(), dropped: z.number(), retried: z.number() }),
  event('intent', { epoch: z.number().int(), fault: z.string(), action: actionSchema, undo: undoSchema }),
  event('applied', { fault: z.string(), action: actionSchema, tookMs: z.number() }),
  event('healed', {
    fault: z.string(),
    undo: undoSchema,
    tookMs: z.number(),
    by: z.enum(['guardian', 'runner']),
  }),
  /** `step` says what is done just now; the last one is `done` or `failed`. */
  leverWith({
    ...base,
    type: z.literal('operator'),
    state: z.enum(['begun', 'step', 'done', 'failed']),
    text: z.string(),
    tookMs: z.number(),
  }),
  event('witness', { fault: z.string(), reading: witnessReadingSchema }),
  event('alert', {
    alert: z.string(),
    severity: z.string(),
    state: z.enum(['inactive', 'pending', 'firing']),
  }),
  event('notification', { notification: alertNotificationSchema }),
  /** A person took an incident; the alerts that were open in it, as `page CheckoutAvailability`. */
  event('acknowledged', {
    incident: z.string(),
    by: z.string(),
    acknowledgedAt: z.iso.datetime({ precision: 3 }),
    alerts: z.array(z.string()),
  }),
  /** Whoever answers the run, its page where it has one, is at the end of what they do; from here on it must hold. */
  event('answered', { alert: z.string().optional() }),
  event('watchdog', { lastHeartbeatAt: z.string().nullable(), silentMs: z.number() }),
  /** What lies in the folder's `evidence/` from here on, answered or not. */
  event('evidence', { pieces: z.array(z.string()) }),
  /** When Loki last evaluated its alert rules; it grows old when Loki does not answer. */
  event('log-rules', { lastEvaluationAt: z.string().nullable(), silentMs: z.number() }),
  /** `askedAt`: when the reason arose, where the run was stopped and did not fail by itself. */
  event('abort', { reason: z.string(), askedAt: z.iso.datetime({ precision: 3 }).optional() }),
  event('problem', { code: z.string(), message: z.string() }),
  event('finished', { phase: z.string() }),
]);

export type PlannedFault = Readonly<z.infer<typeof plannedFaultSchema>>;
export type Plan = Readonly<z.infer<typeof planSchema>>;
export type WitnessReading = Readonly<z.infer<typeof witnessReadingSchema>>;
export type Blindness = z.infer<typeof blindnessSchema>;
export type AlertNotification = Readonly<z.infer<typeof alertNotificationSchema>>;
export type JournalEvent = Readonly<z.infer<typeof journalEventSchema>>;
