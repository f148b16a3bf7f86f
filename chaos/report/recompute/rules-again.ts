import { z } from 'zod';
import type { Piece } from '../../evidence/piece.ts';
import { pathOf } from '../../evidence/question.ts';
import { type Answer, answerOf, isNear, timeText } from './answers.ts';
import type { AskPrometheus, KeptPrometheus } from './kept-prometheus.ts';
import { type Difference, unexplained } from './late-scrapes.ts';
import type { RecomputedPart } from './part.ts';

const rulesSchema = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        interval: z.number(),
        rules: z.array(
          z.object({
            name: z.string(),
            type: z.enum(['recording', 'alerting']),
            query: z.string(),
            labels: z.record(z.string(), z.string()).optional(),
          }),
        ),
      }),
    ),
  }),
});

/** A rule that made an error ratio out of the users' counters. */
export interface RatioRule {
  readonly name: string;
  readonly query: string;
  readonly slo: string;
  readonly intervalSeconds: number;
}

interface RuleDifference extends Difference {
  readonly rule: RatioRule;
}

/** Pure: the rules that the run's Prometheus had itself, in its own words. */
export function ratioRules(piece: Piece | undefined): readonly RatioRule[] {
  const parsed = rulesSchema.safeParse(piece?.answer);
  if (!parsed.success) return [];
  return parsed.data.data.groups.flatMap(({ interval, rules }) =>
    rules
      .filter(({ type, name }) => type === 'recording' && /^slo:sli_error:ratio_rate/.test(name))
      .map(({ name, query, labels = {} }) => ({
        name,
        query,
        slo: labels['sloth_id'] ?? '',
        intervalSeconds: interval,
      })),
  );
}

/**
 * What each rule recorded in the run, against the same expression over the counters at the same moments.
 * @param lagMs how old a scrape of the users can be that a rule has not seen.
 */
export async function rulesAgain(
  rules: readonly RatioRule[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  kept: KeptPrometheus,
  lagMs: number,
): Promise<RecomputedPart> {
  const silent: string[] = [];
  const different: RuleDifference[] = [];
  let samples = 0;
  for (const rule of rules) {
    const recorded = await recordedBy(rule, fromMs, toMs, kept.ask);
    if (recorded.size === 0) silent.push(`${nameOf(rule)}: it recorded nothing`);
    else different.push(...differing(rule, recorded, await evaluate(rule, [...recorded.keys()], kept.ask)));
    samples += recorded.size;
  }
  const wrong = await unexplained(different, kept, lagMs);
  const late = different.length - wrong.length;
  return {
    what: "the rules' error ratios",
    from: `the counters in evidence/prometheus-tsdb${late === 0 ? '' : `; ${late} of them as before a scrape that was under way`}`,
    compared: `${samples} samples of ${rules.length} rules`,
    differences: [
      ...silent,
      ...wrong.map(
        ({ rule, second, recorded, recomputed }) =>
          `${nameOf(rule)} at ${timeText(second)}: recorded ${recorded}, recomputed ${recomputed}`,
      ),
    ],
  };
}

const nameOf = ({ name, slo }: RatioRule): string => `${name} of ${slo}`;

async function recordedBy(rule: RatioRule, fromMs: number, toMs: number, ask: AskPrometheus) {
  const span = `[${Math.max(1, Math.round((toMs - fromMs) / 1000))}s]`;
  const query = `${rule.name}{sloth_id="${rule.slo}"}${span}`;
  return only(answerOf(await ask(pathOf('/api/v1/query', { query, time: (toMs / 1000).toFixed(3) }))));
}

/** Rules are evaluated at multiples of their interval: a range query's steps meet them exactly. */
async function evaluate(
  { query, intervalSeconds: step }: RatioRule,
  seconds: readonly number[],
  ask: AskPrometheus,
): Promise<Samples> {
  const [start, end] = [Math.min(...seconds).toFixed(3), Math.max(...seconds).toFixed(3)];
  return only(answerOf(await ask(pathOf('/api/v1/query_range', { query, start, end, step }))));
}

type Samples = ReadonlyMap<number, string>;

const only = (answer: Answer | undefined): Samples =>
  [...(answer ?? new Map()).values()][0] ?? new Map<number, string>();

const differing = (rule: RatioRule, recorded: Samples, again: Samples): readonly RuleDifference[] =>
  [...recorded]
    .map(([second, value]) => ({
      ...{ rule, second, recorded: value },
      recomputed: again.get(second) ?? 'NaN',
    }))
    .filter((one) => !isNear(one.recorded, one.recomputed));
