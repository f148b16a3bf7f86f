import { isDeepStrictEqual } from 'node:util';
import { type KillPoint, type PlayedKill, playedKillSchema, victims } from '@firedrill/chaos/bench';
import { z } from 'zod';

/** `docs/results/<date>-kill-matrix.json`: what `pnpm bench kill-matrix` measured. */
export const killMatrixSchema = z.looseObject({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  seed: z.number().int(),
  /** The promise: whole again within so long, ms. */
  withinMs: z.number().int(),
  points: z.array(playedKillSchema),
});

export type KillMatrix = Readonly<z.infer<typeof killMatrixSchema>>;

export const killMatrixName = 'kill-matrix';

/**
 * Pure: what an interrupted measurement of the same kills at the same commit has played; none where it is another one's, or
 * whole: then it begins anew.
 */
export function playedBefore(
  result: KillMatrix | undefined,
  drawn: readonly KillPoint[],
  commit: string,
): readonly PlayedKill[] {
  if (result === undefined || result.commit !== commit || result.points.length >= drawn.length) return [];
  const isPart = result.points.every(({ effects: _, healedMs: __, problem: ___, ...point }, index) =>
    isDeepStrictEqual(point, drawn[index]),
  );
  return isPart ? result.points : [];
}

/** The value below which `share` of the values lie, by the nearest rank. */
const rank = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? Number.NaN;

/** Pure: one row per victim, as Markdown. */
export function killMatrixTable(file: string, { points, withinMs, seed, ...about }: KillMatrix): string {
  const row = (name: string, some: KillMatrix['points']): string => {
    const times = some.map(({ healedMs }) => healedMs ?? Number.POSITIVE_INFINITY);
    const healed = times.filter((ms) => ms <= withinMs).length;
    const cells = [name, `${healed} of ${some.length}`, rank(times, 0.5), rank(times, 0.99), rank(times, 1)];
    return `| ${cells.join(' | ')} |`;
  };
  return [
    `| Killed by \`kill -9\` | Whole within ${withinMs / 1000} s | Median, ms | p99, ms | Longest, ms |`,
    '|---|---:|---:|---:|---:|',
    ...victims.map((victim) =>
      row(
        victim,
        points.filter((point) => point.victim === victim),
      ),
    ),
    row('**all**', points),
    '',
    `From the kill to the last look at which an edge, a node or process-compose was not as the topology says; ${points.filter(({ effects }) => effects > 0).length} of ${points.length} met a lab with a fault in. Measured on ${about.date} at commit \`${about.commit}\` on ${about.cores} cores, seed ${seed} ([data](results/${file})); \`pnpm bench kill-matrix\` measures again.`,
  ].join('\n');
}
