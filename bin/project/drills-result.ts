import { afterPageOf, type DrillResult, type DrillScenario } from '@firedrill/incidents';
import { z } from 'zod';

const drilledSchema = z.strictObject({
  scenario: z.string(),
  level: z.number().int(),
  seed: z.number().int(),
  /** 1, or more where others had the machine before. */
  attempt: z.number().int(),
  drill: z.string(),
  resolved: z.boolean(),
  /** 0 to 100; null where it was broken off. */
  score: z.number().int().nullable(),
  /** Of the score, what was not reached. */
  missed: z.array(z.string()),
  /** ms; null: not done, or nothing paged. */
  afterPage: z.strictObject({
    acknowledgedMs: z.number().nullable(),
    saidMs: z.number().nullable(),
    actedMs: z.number().nullable(),
  }),
  /** `CheckoutLatency recovered` */
  walked: z.array(z.string()),
  acknowledged: z.number().int(),
  lost: z.number().int(),
  duplicated: z.number().int(),
  /** The day on which it ran. */
  date: z.iso.date(),
  commit: z.string(),
});

/** `docs/results/<date>-drills.json`: every scenario of a drill, played by the runbooks alone. */
export const drilledResultSchema = z.object({
  date: z.iso.date(),
  cores: z.number().int(),
  drills: z.array(drilledSchema),
});

export type Drilled = Readonly<z.infer<typeof drilledSchema>>;
export type DrilledResult = Readonly<z.infer<typeof drilledResultSchema>>;

/** Its name among the results, without the date. */
export const drilledName = 'drills';

/** Pure: a drill takes the place of an earlier one of the same scenario and seed. */
export function withDrilled(drills: readonly Drilled[], drilled: Drilled): readonly Drilled[] {
  const kept = drills.filter(({ scenario, seed }) => scenario !== drilled.scenario || seed !== drilled.seed);
  const key = ({ level, scenario, seed }: Drilled) => `${level} ${scenario} ${String(seed).padStart(6)}`;
  return [...kept, drilled].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Pure: what is kept of a drill. */
export function drilledOf(
  { name, level }: DrillScenario,
  { drill, events, score, verdict, transcripts }: DrillResult,
  how: Pick<Drilled, 'seed' | 'date' | 'commit' | 'attempt'>,
): Drilled {
  const missed = (score?.parts ?? []).filter(({ points, of }) => points < of - 0.05);
  return {
    scenario: name,
    level,
    drill,
    resolved: score?.resolved ?? false,
    score: score?.total ?? null,
    missed: [
      ...missed.map((part) => `${part.name}: ${part.why}`),
      ...(score?.costs ?? []).map(({ what, points }) => `-${points}: ${what}`),
    ],
    afterPage: afterPageOf(events),
    walked: transcripts.map(({ runbook, outcome }) => `${runbook} ${outcome}`),
    acknowledged: verdict?.orders.acknowledged ?? 0,
    lost: verdict?.orders.lost ?? 0,
    duplicated: verdict?.orders.duplicated ?? 0,
    ...how,
  };
}
