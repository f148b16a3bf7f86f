import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCell } from '@firedrill/chaos/suite';
import { FiredrillError, runMain } from '@firedrill/errors';
import { detectionCells } from './detection-cells.ts';
import {
  type DetectionRun,
  detectionFigures,
  detectionName,
  detectionOf,
  detectionSchema,
  isGoodEnough,
  leftToMeasure,
  withDetection,
} from './detection-result.ts';
import { detectionTable } from './detection-table.ts';
import { freshRuns } from './fresh-runs.ts';
import { headCommit } from './head-commit.ts';
import { latestResult } from './latest-result.ts';
import { verdictOf } from './run-cell.ts';
import { today } from './today.ts';
import { writeResult } from './write-result.ts';

const usage = {
  seeds: { type: 'string' },
  nightly: { type: 'boolean', default: false },
  out: { type: 'string' },
} as const;
const [seedsByDay, seedsByNight] = [3, 10];

/** What was measured in the last days. */
const readFresh = (): readonly DetectionRun[] =>
  freshRuns(latestResult(detectionName, detectionSchema)?.result.runs ?? [], today());

/**
 * `pnpm bench detection [--seeds 3] [--nightly] [--out folder] [cell …]`: when pages came beside the best that is possible →
 * docs/results. Written after each run; what the last seven days have measured is not measured again. Exits 1 unless every run counts,
 * each page came and both medians are good enough.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({ options: usage, allowPositionals: true });
  const seeds = seedsOf(values.seeds, values.nightly);
  const cells = positionals.length === 0 ? detectionCells : positionals;
  for (const cell of cells) parseCell(cell);
  const out = values.out ?? mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const commit = await headCommit();
  try {
    const left = leftToMeasure(cells, seeds, readFresh());
    for (const [index, { cell, seed }] of left.entries()) {
      const loadBefore = Math.round(10 * (loadavg()[0] ?? 0)) / 10;
      const found = detectionOf(await verdictOf(parseCell(cell, seed), out));
      const run = { cell, seed, ...found, loadBefore, date: today(), commit };
      process.stderr.write(`${index + 1} of ${left.length}: ${JSON.stringify(run)}\n`);
      await writeResult(detectionName, { runs: withDetection(readFresh(), run) });
    }
  } finally {
    if (values.out === undefined) rmSync(out, { recursive: true, force: true });
  }
  const latest = latestResult(detectionName, detectionSchema);
  if (latest === undefined) return 1;
  process.stdout.write(`${detectionTable(latest.file, latest.result, 'docs/results')}\n`);
  const uncounted = leftToMeasure(cells, seeds, latest.result.runs).map(
    ({ cell, seed }) => `${cell} seed ${seed}`,
  );
  if (uncounted.length > 0)
    process.stderr.write(`do not count, and will be measured again: ${uncounted.join(', ')}\n`);
  return uncounted.length === 0 && isGoodEnough(detectionFigures(latest.result.runs)) ? 0 : 1;
});

function seedsOf(text: string | undefined, nightly: boolean): number {
  const value = text === undefined ? (nightly ? seedsByNight : seedsByDay) : Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new FiredrillError('usage', `not a number of seeds: ${text}`, {
    where: '--seeds',
    fix: 'give a whole number from 1',
  });
}
