import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiredrillError, runMain } from '@firedrill/errors';
import { $ } from 'zx';
import { countOf } from './count-of.ts';
import { headCommit } from './head-commit.ts';
import { type MeasuredRun, resultsFolder, resultsSchema } from './results.ts';
import { root } from './root.ts';
import { today } from './today.ts';

const experiments = ['partition-primary', 'slow-primary', 'lose-api'];
const hertz = 100;

/** Seconds of one core that this machine was busy since it started (proc(5), /proc/stat). */
function busySeconds(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq) / hertz;
}

async function measure(experiment: string, seed: number, out: string): Promise<MeasuredRun> {
  const before = { wall: performance.now(), busy: busySeconds() };
  const run = await $({
    cwd: root,
    quiet: true,
    nothrow: true,
  })`${process.execPath} bin/chaos.mjs ${experiment} --seed ${seed} --json --out ${out}`;
  if (run.stdout === '') {
    throw new FiredrillError('internal', `${experiment} with seed ${seed} printed no verdict`, {
      fix: run.stderr,
    });
  }
  const verdict = JSON.parse(run.stdout);
  return {
    experiment,
    seed,
    verdict: verdict.verdict,
    ...verdict.detection,
    acknowledged: verdict.orders.acknowledged,
    lost: verdict.orders.lost,
    duplicated: verdict.orders.duplicated,
    percentOf30d: Math.max(...verdict.budget.map((slo: { percentOf30d: number }) => slo.percentOf30d)),
    wallSeconds: Math.round((performance.now() - before.wall) / 100) / 10,
    cpuSeconds: Math.round(10 * (busySeconds() - before.busy)) / 10,
  };
}

/** `pnpm bench runs [seeds]`: every experiment of level 1 over some seeds, one after the other → docs/results. */
await runMain(async () => {
  const seeds = countOf(process.argv[2], 3, 'seeds');
  const out = mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const runs: MeasuredRun[] = [];
  try {
    // Interleaved: whatever else the machine does falls on every experiment alike.
    for (let seed = 1; seed <= seeds; seed++) {
      for (const experiment of experiments) {
        const run = await measure(experiment, seed, out);
        runs.push(run);
        process.stderr.write(`${JSON.stringify(run)}\n`);
      }
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
  const commit = await headCommit();
  const date = today();
  const results = resultsSchema.parse({ date, commit, level: 1, cores: availableParallelism(), runs });
  writeFileSync(join(resultsFolder, `${date}-level-1.json`), `${JSON.stringify(results, null, 2)}\n`);
  return runs.every((run) => run.verdict === 'pass') ? 0 : 1;
});
