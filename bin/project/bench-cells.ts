import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { experiments, type Verdict } from '@firedrill/chaos';
import { type Cell, isAsWanted, matrixCells, parseCell, planSuite, runSuite } from '@firedrill/chaos/suite';
import { FiredrillError, runMain } from '@firedrill/errors';
import { type CellRun, cellsName, cellsSchema, withRun } from './cells-result.ts';
import { headCommit } from './head-commit.ts';
import { latestResult } from './latest-result.ts';
import { root } from './root.ts';
import { today } from './today.ts';
import { writeResult } from './write-result.ts';

const usage = { seed: { type: 'string', default: '1' }, out: { type: 'string' } } as const;

/** Pure: what the table of cells keeps of a run. */
function cellRun(
  { experiment, variant, level, seed }: Cell,
  verdict: Verdict,
  made: Pick<CellRun, 'wallSeconds' | 'loadBefore' | 'commit'>,
): CellRun {
  return {
    experiment,
    ...(variant === undefined ? {} : { variant }),
    level,
    seed,
    verdict: verdict.verdict,
    others: verdict.checks
      .filter((check) => check.verdict !== 'pass')
      .map((check) => `${check.verdict} ${check.name}: ${check.summary}`),
    ...verdict.detection,
    acknowledged: verdict.orders.acknowledged,
    lost: verdict.orders.lost,
    lostInPromise: verdict.integrity.lostInPromise,
    duplicated: verdict.orders.duplicated,
    percentOf30d: Math.max(0, ...verdict.budget.map((slo) => slo.percentOf30d)),
    ...made,
  };
}

/**
 * `pnpm bench cells [--seed 1] [--out folder] [cell …]`: `pnpm chaos matrix --variants`, or the cells that are named → docs/results.
 * Written after each run, beside what was measured on the same day. Exits 1 unless each passed, or was inconclusive
 * because those who watch are what it breaks.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({ options: usage, allowPositionals: true });
  if (!/^\d{1,9}$/.test(values.seed)) {
    throw new FiredrillError('usage', `not a seed: ${values.seed}`, {
      where: '--seed',
      fix: 'give a whole number',
    });
  }
  const seed = Number(values.seed);
  const cells =
    positionals.length === 0
      ? matrixCells({ experiments, seeds: [seed], variants: true })
      : positionals.map((text) => parseCell(text, seed));
  const suite = await planSuite({ name: cellsName, cells, base: root }, 'drill');
  const out = values.out ?? mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const commit = await headCommit();
  try {
    const { result } = await runSuite({
      suite,
      clock: 'drill',
      out,
      again: false,
      onLine: (line) => {
        process.stderr.write(`${line}\n`);
      },
      onOutcome: async (cell, { verdict, seconds, loadBefore }) => {
        if (verdict === undefined) return;
        const run = cellRun(cell, verdict, { wallSeconds: seconds, loadBefore, commit });
        const latest = latestResult(cellsName, cellsSchema)?.result;
        await writeResult(cellsName, { runs: withRun(latest?.date === today() ? latest.runs : [], run) });
      },
    });
    return result.cells.every(isAsWanted) ? 0 : 1;
  } finally {
    if (values.out === undefined) rmSync(out, { recursive: true, force: true });
  }
});
