import { z } from 'zod';

const trafficChangeSchema = z.strictObject({
  fromMs: z.number().nonnegative(),
  factor: z.number().nonnegative(),
});

/** The first line on the load client's stdin: everything it needs to know, so that a run can be made again from it. */
export const loadConfigSchema = z.strictObject({
  /** A name of chaos/targets. */
  targetName: z.string(),
  /** `http://127.0.0.1:<port>` of the edge's proxy. */
  baseUrl: z.url({ protocol: /^http$/ }),
  /** Where `/metrics` is served: 127.0.0.1, or the address by which containers reach this machine and nobody else does. */
  metricsHost: z.ipv4().default('127.0.0.1'),
  /** 0 takes any free port and says it in `ready`. */
  metricsPort: z.number().int().min(0).max(65535),
  /** Mean arrivals per second. */
  rps: z.number().positive(),
  /** From when on how many times `rps` arrives, in order; ms from the start of the load. Until the first of them once. */
  traffic: z.array(trafficChangeSchema).default([]),
  seed: z.number().int(),
  ledgerPath: z.string(),
  /** Customers are `c-1` … `c-<customers>`. */
  customers: z.number().int().positive().default(200),
  /** `poisson`: independent users. `paced`: one arrival in every 1/rps slot, at a random place in it. */
  arrivals: z.enum(['poisson', 'paced']).default('poisson'),
  /**
   * Starts every idempotency key, so that two runs against the same lab never share a key. The run's id; without it `s<seed>`.
   */
  keyScope: z.string().optional(),
  /** From the sending, so that the service always has all of it; then the socket is destroyed. */
  deadlineMs: z.number().positive().default(3000),
  /** Arrivals beyond this many unanswered requests are dropped and counted. */
  maxInFlight: z.number().int().positive().default(2000),
  /**
   * Sent later than this after its scheduled time, because the client was busy: late. Latency counts from the schedule, so a
   * smaller delay is in the figures; a tenth of a second is well below the tightest threshold (0.25 s).
   */
  lateMs: z.number().positive().default(100),
  /** Kept out of the percentiles (the JIT compiles), not out of the ledger or the metrics. */
  warmUpMs: z.number().nonnegative().default(1000),
  /** Share of the requests whose `traceparent` says sampled. */
  traceRatio: z.number().min(0).max(1).default(1),
  /** `settle` retries one key at most so often … */
  settleTries: z.number().int().positive().default(20),
  /** … with this pause between two tries. */
  settlePauseMs: z.number().nonnegative().default(500),
});

/** A fault that is in, in the words of the catalogue and of the topology. */
const toldFaultSchema = z.strictObject({ fault: z.string(), on: z.string() });

/**
 * `faults`: all that are in now; `detected`: how soon the first page came; both for the dashboards alone. `stop`: no more arrivals;
 * answers when nothing is in flight. `settle`: retry by key a seeded half of the unknown writes, leave the other half alone. `quit`: stop,
 * finish the ledger, exit 0. A closed stdin cuts what is in flight and exits.
 */
export const loadCommandSchema = z.discriminatedUnion('cmd', [
  z.strictObject({ cmd: z.literal('start') }),
  z.strictObject({ cmd: z.literal('faults'), in: z.array(toldFaultSchema) }),
  z.strictObject({ cmd: z.literal('detected'), seconds: z.number().nonnegative() }),
  z.strictObject({ cmd: z.literal('stop') }),
  z.strictObject({ cmd: z.literal('settle') }),
  z.strictObject({ cmd: z.literal('quit') }),
]);

const countsSchema = z.strictObject({
  sent: z.number().int(),
  good: z.number().int(),
  bad: z.number().int(),
  excluded: z.number().int(),
});
/** Of the answers to count, milliseconds from the scheduled time; null where there was none. */
const percentilesSchema = z.strictObject({ p50Ms: z.number().nullable(), p99Ms: z.number().nullable() });

export const loadEventSchema = z.discriminatedUnion('type', [
  /** `/metrics` is served. */
  z.strictObject({ type: z.literal('ready'), metricsPort: z.number().int() }),
  /** Prometheus has scraped the series at 0: only now can a counter's first events be seen as an increase. */
  z.strictObject({ type: z.literal('scraped'), atMs: z.number() }),
  /** The moment from which every arrival's offset counts, ms since the epoch. */
  z.strictObject({ type: z.literal('started'), startedAtMs: z.number() }),
  /** About once a second while requests are sent or in flight. */
  z.strictObject({
    type: z.literal('progress'),
    atMs: z.number(),
    inFlight: z.number().int(),
    late: z.number().int(),
    dropped: z.number().int(),
    /** Since the last progress event, by the time of the answer. */
    lastSecond: z.record(z.string(), z.strictObject({ ...countsSchema.shape, ...percentilesSchema.shape })),
    /** Since the start. */
    total: z.record(z.string(), countsSchema),
  }),
  z.strictObject({
    type: z.literal('stopped'),
    sent: z.number().int(),
    late: z.number().int(),
    dropped: z.number().int(),
    /** How long after its scheduled time a request was sent, milliseconds. */
    sendDelay: z.strictObject({ p99Ms: z.number(), maxMs: z.number() }),
    /** Good and bad answers without the warm-up. */
    latency: z.record(
      z.string(),
      z.strictObject({
        count: z.number().int(),
        p50Ms: z.number(),
        p90Ms: z.number(),
        p99Ms: z.number(),
        maxMs: z.number(),
      }),
    ),
  }),
  /** `unknown` = `retried` + `left`; `resolved` of the `retried` got a definite answer. */
  z.strictObject({
    type: z.literal('settled'),
    unknown: z.number().int(),
    retried: z.number().int(),
    resolved: z.number().int(),
    left: z.number().int(),
  }),
]);

export type LoadConfig = Readonly<z.infer<typeof loadConfigSchema>>;
export type LoadConfigInput = Readonly<z.input<typeof loadConfigSchema>>;
export type ToldFault = Readonly<z.infer<typeof toldFaultSchema>>;
export type LoadCommand = z.infer<typeof loadCommandSchema>;
export type LoadEvent = Readonly<z.infer<typeof loadEventSchema>>;
type EventOf<T extends LoadEvent['type']> = Extract<LoadEvent, { type: T }>;
export type LoadReady = EventOf<'ready'>;
export type LoadScraped = EventOf<'scraped'>;
export type LoadStarted = EventOf<'started'>;
export type LoadProgress = EventOf<'progress'>;
export type LoadStopped = EventOf<'stopped'>;
export type LoadSettled = EventOf<'settled'>;
