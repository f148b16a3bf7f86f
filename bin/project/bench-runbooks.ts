import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FiredrillError, runMain } from '@firedrill/errors';
import { nameOf, runScenario, type Scenario, scenarios } from '@firedrill/incidents';
import { freshRuns } from './fresh-runs.ts';
import { headCommit } from './head-commit.ts';
import { latestResult } from './latest-result.ts';
import {
  type Executed,
  executedName,
  executedOf,
  executedResultSchema,
  isDisturbed,
  withExecuted,
} from './runbooks-result.ts';
import { today } from './today.ts';
import { writeResult } from './write-result.ts';

const attemptsAtMost = 3;
const usage = { seed: { type: 'string', default: '1' }, out: { type: 'string' } } as const;

/**
 * `pnpm bench runbooks [--seed 1] [--out folder] [words …]`: each page × a fault that raises it, answered by its runbook alone, while
 * the fault is in → docs/results. Words choose among their names (`CheckoutLatency`, `@3`). Written after each run, beside what was
 * measured in the last seven days. Exits 1 unless each ended as it must.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({ options: usage, allowPositionals: true });
  const chosen = scenarios.filter((one) => positionals.every((word) => nameOf(one).includes(word)));
  if (chosen.length === 0 || !/^\d{1,9}$/.test(values.seed)) {
    throw new FiredrillError('usage', 'no scenario is meant by that', {
      fix: `use words of: ${scenarios.map(nameOf).join(', ')}`,
    });
  }
  const seed = Number(values.seed);
  const out = values.out ?? mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const commit = await headCommit();
  /** Again where others had the machine: users were not served even before the fault, or not asked for as they should have been. */
  const execute = async (scenario: Scenario): Promise<Executed> => {
    for (let attempt = 1; ; attempt += 1) {
      const result = await runScenario(scenario, seed, out);
      if (attempt === attemptsAtMost || !isDisturbed(result.verdict))
        return executedOf(result, { seed, date: today(), commit, attempt });
      process.stderr.write('others had the machine: once more\n');
    }
  };
  let good = true;
  try {
    for (const scenario of chosen) {
      process.stderr.write(`\n${nameOf(scenario)}\n`);
      const run = await execute(scenario);
      good &&= run.problems.length === 0;
      process.stderr.write(`${JSON.stringify(run)}\n`);
      const latest = latestResult(executedName, executedResultSchema)?.result;
      const before = freshRuns(latest?.runs ?? [], today());
      await writeResult(executedName, { runs: withExecuted(before, run) });
    }
  } finally {
    if (values.out === undefined) rmSync(out, { recursive: true, force: true });
  }
  return good ? 0 : 1;
});
