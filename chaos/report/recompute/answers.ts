import { z } from 'zod';
import { clockTime } from '../figures.ts';

const sample = z.tuple([z.number(), z.string()]);
const resultSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: sample.optional(),
        values: z.array(sample).optional(),
      }),
    ),
  }),
});

/** The samples of an answer: series → seconds since the epoch → the value as Prometheus writes it. */
export type Answer = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** Pure: of a query's answer, in whatever order its series came; `undefined` for anything else. */
export function answerOf(json: unknown): Answer | undefined {
  const parsed = resultSchema.safeParse(json);
  if (!parsed.success) return undefined;
  return new Map(
    parsed.data.data.result.map(({ metric, value, values = value === undefined ? [] : [value] }) => [
      seriesName(metric),
      new Map(values),
    ]),
  );
}

export interface Compared {
  readonly samples: number;
  readonly differences: readonly string[];
}

/**
 * Pure: an answer against the same one asked again. What is younger than `settledMs` may have been on its way when it was asked: it is
 * not compared.
 */
export function compareAnswers(kept: Answer, again: Answer, settledMs: number): Compared {
  const differences: string[] = [];
  let samples = 0;
  for (const series of new Set([...kept.keys(), ...again.keys()])) {
    const [before, now] = [kept.get(series), again.get(series)];
    const moments = new Set([...(before?.keys() ?? []), ...(now?.keys() ?? [])]);
    for (const second of moments) {
      if (second * 1000 > settledMs) continue;
      samples += 1;
      const [was, is] = [before?.get(second), now?.get(second)];
      if (was === is || (was !== undefined && is !== undefined && isNear(was, is))) continue;
      differences.push(
        `${series} at ${timeText(second)}: kept ${was ?? 'nothing'}, recomputed ${is ?? 'nothing'}`,
      );
    }
  }
  return { samples, differences };
}

/** Sums of floats depend on their order, and Prometheus does not promise one. */
const nearness = 1e-9;

export function isNear(left: string, right: string): boolean {
  if (left === right) return true;
  const [a, b] = [Number(left), Number(right)];
  return Math.abs(a - b) <= nearness * Math.max(Math.abs(a), Math.abs(b));
}

export const timeText = (second: number): string => clockTime(second * 1000);

function seriesName({ __name__: name = '', ...labels }: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(',')}}`;
}
