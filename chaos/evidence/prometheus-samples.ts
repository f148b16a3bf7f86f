import { CounterGrowth } from '@firedrill/slo';
import { z } from 'zod';
import type { Piece } from './piece.ts';

/** Prometheus' answer to a range query: https://prometheus.io/docs/prometheus/latest/querying/api/#range-vectors */
const matrixSchema = z.object({
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

/** A series of a piece of evidence: its labels, and ms since the epoch with the value (null where it is no number). */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [number, number | null])[];
}

/** Every series of a range query's answer; none where there is no such answer. */
export function seriesOf(piece: Piece | undefined): readonly Series[] {
  const parsed = matrixSchema.safeParse(piece?.answer);
  if (!parsed.success) return [];
  return parsed.data.data.result.map(({ metric, values }) => ({
    metric,
    samples: values.map(([seconds, text]) => {
      const value = Number(text);
      return [seconds * 1000, Number.isFinite(value) ? value : null];
    }),
  }));
}

/** One SLO's samples in a piece of evidence. */
export function samplesOf(piece: Piece | undefined, slothId: string): Series['samples'] {
  return seriesOf(piece).find(({ metric }) => metric['sloth_id'] === slothId)?.samples ?? [];
}

/** Exactly what a counter grew by between two moments, by its samples after the one and up to the other. */
export function grewBy(samples: Series['samples'], fromMs: number, toMs: number): number {
  const growth = new CounterGrowth(fromMs / 1000);
  growth.add(
    samples.flatMap(([ms, value]) => (value === null || ms > toMs ? [] : [{ seconds: ms / 1000, value }])),
  );
  return growth.total - growth.before;
}
