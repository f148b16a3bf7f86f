import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { experiments, type Verdict } from '@firedrill/chaos';
import { FiredrillError, runMain } from '@firedrill/errors';
import { $ } from 'zx';
import { type CellRun, cellsName, cellsSchema, withRun } from './cells-result.ts';
import { latestResult } from './latest-result.ts';
import { root } from './root.ts';
import { type Cell, parseCell, runCell } from './run-cell.ts';
import { writeResult } from './write-result.ts';

const usage = { seed: { type: 'string', default: '1' }, out: { type: 'string' } } as const;

/** Every experiment on each of its levels, the cheap ones first, and its variants on the cheapest of theirs. */
function everyCell(): readonly Cell[] {
  const cells = experiments.flatMap(({ name, levels, variants }) => [
    ...levels.map((level) => ({ experiment: name, variant: undefined, level })),
    ...Object.entries(variants).map(([variant, changes]) => ({
      experiment: name,
      variant,
      level: Math.min(...(changes.levels ?? levels)),
    })),
  ]);
  return cells.toSorted((a, b) => a.level - b.level);
}

/** Where nobody watches nothing can pass. */
const wantedOf = ({ experiment }: Cell): Verdict['verdict'] =>
  experiments.some(({ name, blind }) => name === experiment && blind.length > 0) ? 'inconclusive' : 'pass';

async function measure(cell: Cell, seed: number, out: string): Promise<Omit<CellRun, 'commit'>> {
  const { experiment, variant, level } = cell;
  const began = performance.now();
  const loadBefore = Math.round(10 * (loadavg()[0] ?? 0)) / 10;
  const verdict = await runCell(cell, seed, out);
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
    wallSeconds: Math.round((performance.now() - began) / 100) / 10,
    loadBefore,
  };
}

/**
 * `pnpm bench cells [--seed 1] [--out folder] [cell …]`: experiments on their levels, one after the other → docs/results.
 * Written after each run, beside what was measured on the same day. Exits 1 unless each passed, or was inconclusive because those
 * who watch are what it breaks.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({ options: usage, allowPositionals: true });
  if (!/^\d{1,9}$/.test(values.seed)) {
    throw new FiredrillError('usage', `not a seed: ${values.seed}`, {
      where: '--seed',
      fix: 'give a whole number',
    });
  }
  const cells = positionals.length === 0 ? everyCell() : positionals.map(parseCell);
  const out = values.out ?? mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const today = () => new Date().toISOString().slice(0, 10);
  const commit = `${await $({ cwd: root, quiet: true })`git rev-parse --short=12 HEAD`}`.trim();
  let passed = true;
  try {
    for (const cell of cells) {
      const run = { ...(await measure(cell, Number(values.seed), out)), commit };
      passed &&= run.verdict === wantedOf(cell);
      process.stderr.write(`${JSON.stringify(run)}\n`);
      const latest = latestResult(cellsName, cellsSchema)?.result;
      await writeResult(cellsName, { runs: withRun(latest?.date === today() ? latest.runs : [], run) });
    }
  } finally {
    if (values.out === undefined) rmSync(out, { recursive: true, force: true });
  }
  return passed ? 0 : 1;
});
