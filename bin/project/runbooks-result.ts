import type { ScenarioResult } from '@firedrill/incidents';
import { z } from 'zod';

const executedSchema = z.strictObject({
  /** `CheckoutAvailability × lose-api@1` */
  name: z.string(),
  alert: z.string(),
  level: z.number().int(),
  seed: z.number().int(),
  /** 1, or more where others had the machine before. */
  attempt: z.number().int(),
  /** The run's id. */
  run: z.string(),
  outcome: z.enum(['recovered', 'degraded', 'escalated', 'not answered']),
  /** `restart api-1` */
  levers: z.array(z.string()),
  /** From the injection to the page, and from the page to the runbook's end, ms. */
  pagedMs: z.number().nullable(),
  walkedMs: z.number().nullable(),
  /** Of the users' checkouts, and of what they looked at, from the runbook's end to the heal: `3.1 % of 42 requests`. */
  served: z.array(z.string()),
  acknowledged: z.number().int(),
  lost: z.number().int(),
  duplicated: z.number().int(),
  /** All that was not as it must be. */
  problems: z.array(z.string()),
  /** The day on which it ran. */
  date: z.iso.date(),
  commit: z.string(),
});

/** `docs/results/<date>-runbooks.json`: each page × a fault that raises it, answered by its runbook alone. */
export const executedResultSchema = z.object({
  date: z.iso.date(),
  cores: z.number().int(),
  runs: z.array(executedSchema),
});

export type Executed = Readonly<z.infer<typeof executedSchema>>;
export type ExecutedResult = Readonly<z.infer<typeof executedResultSchema>>;

/** Its name among the results, without the date. */
export const executedName = 'runbooks';

/** Pure: whether the run tells nothing of the runbook, since the shop or its users did not get on even without a fault. */
export const isDisturbed = ({ checks }: Pick<ScenarioResult['verdict'], 'checks'>): boolean =>
  checks.some(
    ({ name, verdict }) => verdict === 'inconclusive' && (name === 'control' || name === 'load-quality'),
  );

/** Pure: a run takes the place of an earlier one of the same name and seed. */
export function withExecuted(runs: readonly Executed[], run: Executed): readonly Executed[] {
  const kept = runs.filter(({ name, seed }) => name !== run.name || seed !== run.seed);
  const key = ({ level, name, seed }: Executed) => `${level} ${name} ${String(seed).padStart(6)}`;
  return [...kept, run].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Pure: what is kept of a scenario's run. */
export function executedOf(
  result: ScenarioResult,
  how: Pick<Executed, 'seed' | 'date' | 'commit' | 'attempt'>,
): Executed {
  const { run, name, verdict, transcript, pulled, problems } = result;
  const hypothesis = verdict.checks.find((check) => check.name === 'hypothesis');
  return {
    name,
    alert: name.split(' ')[0] ?? '',
    level: verdict.level,
    run,
    outcome: transcript?.outcome ?? 'not answered',
    levers: [...pulled],
    pagedMs: verdict.detection.measuredMs,
    walkedMs: transcript?.tookMs ?? null,
    served: (hypothesis?.evidence ?? []).filter((figure) => figure.startsWith('mitigated')),
    acknowledged: verdict.orders.acknowledged,
    lost: verdict.orders.lost,
    duplicated: verdict.orders.duplicated,
    problems: [...problems],
    ...how,
  };
}
