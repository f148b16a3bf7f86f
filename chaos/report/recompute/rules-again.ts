import { parseDuration } from '@firedrill/slo';
import { z } from 'zod';
import type { Piece } from '../../evidence/piece.ts';
import { pathOf } from '../../evidence/question.ts';
import { type Answer, answerOf, isNear, timeText } from './answers.ts';
import type { AskPrometheus } from './kept-prometheus.ts';
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

/** What each rule recorded in the run, against the same expression over the counters at the same moments. */
export async function rulesAgain(
  rules: readonly RatioRule[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  ask: AskPrometheus,
): Promise<RecomputedPart> {
  const differences: string[] = [];
  let samples = 0;
  let late = 0;
  for (const rule of rules) {
    const recorded = await recordedBy(rule, fromMs, toMs, ask);
    const [first, last] = [Math.min(...recorded.keys()), Math.max(...recorded.keys())];
    if (recorded.size === 0) {
      differences.push(`${nameOf(rule)}: it recorded nothing`);
      continue;
    }
    const at = (query: string) => evaluate(query, first, last, rule.intervalSeconds, ask);
    const again = await at(rule.query);
    let wrong = differing(recorded, again);
    const found = wrong.size;
    for (const ms of underWayMs) {
      if (wrong.size > 0) wrong = differing(wrong, await at(withoutNewest(rule.query, ms)));
    }
    late += found - wrong.size;
    for (const [second, value] of wrong) {
      const now = again.get(second) ?? 'nothing';
      differences.push(`${nameOf(rule)} at ${timeText(second)}: recorded ${value}, recomputed ${now}`);
    }
    samples += recorded.size;
  }
  return {
    what: "the rules' error ratios",
    from: `the counters in evidence/prometheus-tsdb${late === 0 ? '' : `; ${late} of them as before a scrape that was under way`}`,
    compared: `${samples} samples of ${rules.length} rules`,
    differences,
  };
}

const nameOf = ({ name, slo }: RatioRule): string => `${name} of ${slo}`;

async function recordedBy(rule: RatioRule, fromMs: number, toMs: number, ask: AskPrometheus) {
  const span = `[${Math.max(1, Math.round((toMs - fromMs) / 1000))}s]`;
  const query = `${rule.name}{sloth_id="${rule.slo}"}${span}`;
  return only(answerOf(await ask(pathOf('/api/v1/query', { query, time: (toMs / 1000).toFixed(3) }))));
}

/** Rules are evaluated at multiples of their interval: a range query's steps meet them exactly. */
async function evaluate(query: string, first: number, last: number, step: number, ask: AskPrometheus) {
  const path = pathOf('/api/v1/query_range', {
    query,
    start: first.toFixed(3),
    end: last.toFixed(3),
    step,
  });
  return only(answerOf(await ask(path)));
}

type Samples = ReadonlyMap<number, string>;

const only = (answer: Answer | undefined): Samples =>
  [...(answer ?? new Map()).values()][0] ?? new Map<number, string>();

const differing = (recorded: Samples, again: Samples): Samples =>
  new Map([...recorded].filter(([second, value]) => !isNear(value, again.get(second) ?? 'NaN')));

/**
 * A scrape counts from its begin, and is seen when it has ended, which takes up to its time-out of a second and a moment more: a rule
 * may not have seen what began just before.
 */
const underWayMs = [250, 500, 1000, 1500];

/** Pure: a query whose windows end so many ms earlier and begin as before. */
export function withoutNewest(query: string, ms: number): string {
  return query.replaceAll(/\[([0-9a-z]+)\]/g, (window, length: string) => {
    const seconds = parseDuration(length);
    return seconds === undefined ? window : `[${seconds * 1000 - ms}ms] offset ${ms}ms`;
  });
}
