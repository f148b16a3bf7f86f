import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { controlExperiment, parseCell } from '@firedrill/chaos/suite';
import { FiredrillError, runMain } from '@firedrill/errors';
import { parseDuration } from '@firedrill/slo';
import { freshRuns } from './fresh-runs.ts';
import { headCommit } from './head-commit.ts';
import { latestResult } from './latest-result.ts';
import { quietCells } from './quiet-cells.ts';
import { quietFigures, quietName, quietSchema, withQuietRun } from './quiet-result.ts';
import { quietTable } from './quiet-table.ts';
import { verdictOf } from './run-cell.ts';
import { today } from './today.ts';
import { writeResult } from './write-result.ts';

const usage = {
  for: { type: 'string' },
  nightly: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  out: { type: 'string' },
} as const;
const [byDay, byNight] = ['10m', '60m'];

/**
 * `pnpm bench quiet [--for 10m] [--nightly] [--seed 1] [--out folder] [traffic@level …]`: runs without a fault, one after the
 * other → docs/results. Written after each run, beside what the last seven days have measured. Exits 1 unless nothing fired in any.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({ options: usage, allowPositionals: true });
  const words = positionals.length === 0 ? quietCells : positionals;
  const duration = values.for ?? (values.nightly ? byNight : byDay);
  const forSeconds = parseDuration(duration);
  if (forSeconds === undefined) {
    throw new FiredrillError('usage', `not a duration: ${duration}`, {
      where: '--for',
      fix: 'write 10m or 1h',
    });
  }
  if (!/^\d{1,9}$/.test(values.seed)) {
    throw new FiredrillError('usage', `not a seed: ${values.seed}`, {
      where: '--seed',
      fix: 'give a whole number',
    });
  }
  const seed = Number(values.seed);
  const cells = words.map((word) => parseCell(word, seed));
  const out = values.out ?? mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const commit = await headCommit();
  let passed = true;
  try {
    for (const { experiment: traffic, level } of cells) {
      const loadBefore = Math.round(10 * (loadavg()[0] ?? 0)) / 10;
      const cell = { experiment: controlExperiment, variant: traffic, level, seed };
      const figures = quietFigures(await verdictOf(cell, out, forSeconds));
      const run = {
        traffic,
        level,
        for: duration,
        seed,
        ...figures,
        loadBefore,
        date: today(),
        commit,
      };
      passed &&= run.verdict === 'pass';
      process.stderr.write(`${JSON.stringify(run)}\n`);
      const latest = latestResult(quietName, quietSchema)?.result;
      await writeResult(quietName, { runs: withQuietRun(freshRuns(latest?.runs ?? [], today()), run) });
    }
  } finally {
    if (values.out === undefined) rmSync(out, { recursive: true, force: true });
  }
  const latest = latestResult(quietName, quietSchema);
  if (latest !== undefined)
    process.stdout.write(`${quietTable(latest.file, latest.result, 'docs/results')}\n`);
  return passed ? 0 : 1;
});
