import type { Verdict } from '@firedrill/chaos';
import { z } from 'zod';

const quietRunSchema = z.strictObject({
  /** How many came in the middle half: `steady`, `idle` … */
  traffic: z.string(),
  level: z.number().int(),
  /** `10m`. */
  for: z.string(),
  seed: z.number().int(),
  verdict: z.string(),
  /** Each page and ticket that fired, with its time from the start of the load. */
  alerts: z.array(z.string()),
  /** The checks that did not pass, each with its verdict. */
  others: z.array(z.string()),
  acknowledged: z.number().int(),
  lost: z.number().int(),
  duplicated: z.number().int(),
  /** Of the SLO that had most of them. */
  badEvents: z.number().int(),
  /** Runnable processes of the whole machine when the run began, a minute's mean: above its cores it was busy with others. */
  loadBefore: z.number(),
  /** The day on which it ran. */
  date: z.iso.date(),
  commit: z.string(),
});

/** `docs/results/<date>-quiet.json`. */
export const quietSchema = z.object({
  date: z.iso.date(),
  cores: z.number().int(),
  runs: z.array(quietRunSchema),
});

export type QuietRun = Readonly<z.infer<typeof quietRunSchema>>;
export type QuietResult = Readonly<z.infer<typeof quietSchema>>;

/** Its name among the results, without the date. */
export const quietName = 'quiet';

/** Pure: what is kept of a run's verdict. */
export function quietFigures(
  verdict: Verdict,
): Pick<QuietRun, 'verdict' | 'alerts' | 'others' | 'acknowledged' | 'lost' | 'duplicated' | 'badEvents'> {
  const { acknowledged, lost, duplicated } = verdict.orders;
  return {
    verdict: verdict.verdict,
    alerts: (verdict.alerts ?? []).flatMap(({ alert, severity, deliveredMs, firingMs }) => {
      const ms = deliveredMs ?? firingMs;
      return ms === null ? [] : [`${severity} ${alert} after ${Math.round(ms / 1000)} s`];
    }),
    others: verdict.checks
      .filter((check) => check.verdict !== 'pass')
      .map((check) => `${check.verdict} ${check.name}: ${check.summary}`),
    acknowledged,
    lost,
    duplicated,
    badEvents: Math.max(0, ...verdict.budget.map((slo) => slo.badEvents)),
  };
}

/** Pure: a run takes the place of an earlier one of the same traffic, level and seed; level by level, steady first. */
export function withQuietRun(runs: readonly QuietRun[], run: QuietRun): QuietRun[] {
  const same = (one: QuietRun): boolean =>
    one.traffic === run.traffic && one.level === run.level && one.seed === run.seed;
  const place = ({ traffic, level, seed }: QuietRun): string =>
    `${level} ${traffic === 'steady' ? '' : traffic} ${String(seed).padStart(6)}`;
  return [...runs.filter((one) => !same(one)), run].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
