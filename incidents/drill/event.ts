import { z } from 'zod';
import { causeNames } from './cause.ts';

const at = z.iso.datetime({ precision: 3 });
const base = { seq: z.number().int().nonnegative(), at };
const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ ...base, type: z.literal(type), ...shape });

const cause = z.enum(causeNames);

/** What would have been right: the scenario's own words, so that a drill can be scored by its journal alone. */
export const keySchema = z.strictObject({
  scenario: z.string(),
  title: z.string(),
  outcome: z.enum(['recovered', 'handed-over', 'left-alone']),
  answers: z.array(z.strictObject({ components: z.array(z.string()), causes: z.array(cause) })),
  /** As typed after `pnpm lab`; `promote` is any of its. */
  levers: z.array(z.string()),
  harmless: z.array(z.string()),
});

const moment = at.nullable();

/** What became of it, from the run's own journal, ledger and books. Null: it did not come, or is not known. */
export const seenSchema = z.strictObject({
  injectedAt: moment,
  pagedAt: moment,
  /** In the order in which they came. */
  pages: z.array(z.string()),
  acknowledgedAt: moment,
  acknowledgedBy: z.string().nullable(),
  escalatedAt: moment,
  healedAt: moment,
  /** Bad events of all SLOs together; `nothing` if nobody had done anything, `best` by a practised team. */
  burnt: z.strictObject({ bad: z.number(), nothing: z.number(), best: z.number() }),
  /** Worst of the SLOs, from when it was said to be over to the heal, 0 to 1; null where there was no such time, or nobody came. */
  badRatioAfter: z.number().nullable(),
  orders: z
    .strictObject({ acknowledged: z.number().int(), lost: z.number().int(), duplicated: z.number().int() })
    .nullable(),
});

export const drillEventSchema = z.discriminatedUnion('type', [
  event('begun', {
    drill: z.string(),
    seed: z.number().int(),
    level: z.number().int(),
    operator: z.enum(['player', 'runbook']),
    by: z.string(),
    /** From the end of the quiet time at its beginning, ms: then it is over for whoever has not ended it. */
    limitMs: z.number().int(),
    key: keySchema,
    /** Of the process that carries it out, and the boot in which that means something. */
    runner: z.strictObject({ pid: z.number().int(), startTime: z.string() }),
    bootId: z.string(),
  }),
  /** The lab is up: by its notifications' name, and where it is. */
  event('ready', { lab: z.string(), home: z.string() }),
  event('diagnosed', { by: z.string(), component: z.string(), cause }),
  event('hinted', { by: z.string(), number: z.number().int().positive(), text: z.string() }),
  /** As typed after `pnpm lab`, by whomever. */
  event('lever', {
    words: z.string(),
    state: z.enum(['begun', 'done', 'refused', 'failed']),
    pulledAt: at,
    text: z.string(),
  }),
  /** Somebody says that it is over. */
  event('resolved', { by: z.string() }),
  /** What was broken is healed, and nobody has said that it is over: it is too late to. */
  event('time-up', {}),
  event('ended', {
    /** `broken-off`: the run was stopped, or what it stands on died. Nothing is scored then. */
    how: z.enum(['resolved', 'time-up', 'broken-off']),
    reason: z.string().optional(),
    seen: seenSchema.optional(),
  }),
]);

export type DrillEvent = Readonly<z.infer<typeof drillEventSchema>>;
export type DrillKey = Readonly<z.infer<typeof keySchema>>;
export type Seen = Readonly<z.infer<typeof seenSchema>>;
export type Begun = Extract<DrillEvent, { type: 'begun' }>;
type Body<E> = E extends DrillEvent ? Omit<E, 'seq' | 'at'> : never;
/** An event without its number and time: the journal gives both. */
export type DrillEntry = Body<DrillEvent>;

/** Pure: those of one type, in their order. */
export function eventsOf<T extends DrillEvent['type']>(
  events: readonly DrillEvent[],
  type: T,
): readonly Extract<DrillEvent, { type: T }>[] {
  return events.filter((event): event is Extract<DrillEvent, { type: T }> => event.type === type);
}

/** Pure: how it began. @throws where it did not. */
export function begunOf(events: readonly DrillEvent[]): Begun {
  const [first] = events;
  if (first?.type === 'begun') return first;
  throw new Error('the journal of a drill begins with its beginning');
}
