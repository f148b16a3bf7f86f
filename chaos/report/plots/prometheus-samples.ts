import { z } from 'zod';
import type { Piece } from '../../evidence/piece.ts';

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

/** One SLO's samples in a piece of evidence: ms since the epoch and value (null where it is no number). */
export function samplesOf(
  piece: Piece | undefined,
  slothId: string,
): readonly (readonly [number, number | null])[] {
  const parsed = matrixSchema.safeParse(piece?.answer);
  if (!parsed.success) return [];
  const series = parsed.data.data.result.find((one) => one.metric['sloth_id'] === slothId);
  return (series?.values ?? []).map(([seconds, text]) => {
    const value = Number(text);
    return [seconds * 1000, Number.isFinite(value) ? value : null];
  });
}
