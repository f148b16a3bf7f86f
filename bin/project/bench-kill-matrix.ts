import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { killPoints, type PlayedKill, playKill } from '@firedrill/chaos/bench';
import { FiredrillError, runMain } from '@firedrill/errors';
import { labDown, labUpWithProgress } from '@firedrill/lab';
import { createControl } from '@firedrill/lab/control';
import { headCommit } from './head-commit.ts';
import { killMatrixName, killMatrixSchema, killMatrixTable, playedBefore } from './kill-matrix-table.ts';
import { labsGoWith } from './labs-go-with.ts';
import { latestResult } from './latest-result.ts';
import { writeResult } from './write-result.ts';

const usage = {
  points: { type: 'string', default: '50' },
  seed: { type: 'string', default: '1' },
} as const;

/** The promise. */
const withinMs = 5000;

/**
 * `pnpm bench kill-matrix [--points 50] [--seed 1]`: kills that the seed draws, each in a run of its own on one lab of level 1 →
 * docs/results. Written after each; an interrupted one at the same commit is gone on with. Exits 1 unless the lab was whole again in
 * time after every one.
 */
await runMain(async () => {
  const { values } = parseArgs({ options: usage });
  const [count, seed] = [wholeNumber(values.points, '--points'), wholeNumber(values.seed, '--seed')];
  process.env.FIREDRILL_LAB_SCOPE = `bench-${process.pid}`;
  labsGoWith([1]);
  const commit = await headCommit();
  const drawn = killPoints(seed, count);
  const points = [...playedBefore(latestResult(killMatrixName, killMatrixSchema)?.result, drawn, commit)];
  const { state } = await labUpWithProgress({ level: 1, clock: 'drill' });
  const control = createControl(state);
  let path = '';
  try {
    for (const point of drawn.slice(points.length)) {
      const played = await playKill(state.home, control, point).catch(
        (error: unknown): PlayedKill => ({
          ...point,
          effects: 0,
          healedMs: null,
          problem: error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error),
        }),
      );
      points.push(played);
      process.stderr.write(`${points.length} of ${count}: ${JSON.stringify(played)}\n`);
      path = await writeResult(killMatrixName, { seed, withinMs, points });
    }
  } finally {
    await labDown({ level: 1 });
  }
  const result = killMatrixSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  process.stdout.write(`${killMatrixTable(basename(path), result)}\n`);
  return points.every(({ healedMs }) => healedMs !== null && healedMs <= withinMs) ? 0 : 1;
});

function wholeNumber(text: string, flag: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new FiredrillError('usage', `not a number for ${flag}: ${text}`, {
    fix: 'give a whole number from 1',
  });
}
