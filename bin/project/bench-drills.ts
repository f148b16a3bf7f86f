import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FiredrillError, runMain } from '@firedrill/errors';
import { type DrillScenario, drillScenarios, runDrill } from '@firedrill/incidents';
import { type Drilled, drilledName, drilledOf, drilledResultSchema, withDrilled } from './drills-result.ts';
import { freshRuns } from './fresh-runs.ts';
import { headCommit } from './head-commit.ts';
import { latestResult } from './latest-result.ts';
import { isDisturbed } from './runbooks-result.ts';
import { today } from './today.ts';
import { writeResult } from './write-result.ts';

const attemptsAtMost = 3;
const limitMs = 300_000;
const usage = { seed: { type: 'string', default: '1' }, out: { type: 'string' } } as const;

/**
 * `pnpm bench drills [--seed 1] [--out folder] [words …]`: every scenario of a drill, played by the runbooks alone → docs/results.
 * Words choose among their names. Written after each drill, beside what was measured in the last seven days. Exits 1 unless each was
 * resolved.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({ options: usage, allowPositionals: true });
  const chosen = drillScenarios.filter(
    ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
  );
  if (chosen.length === 0 || !/^\d{1,9}$/.test(values.seed)) {
    throw new FiredrillError('usage', 'no scenario is meant by that', {
      fix: `use words of: ${drillScenarios.map(({ name }) => name).join(', ')}`,
    });
  }
  const seed = Number(values.seed);
  const runs = values.out ?? mkdtempSync(join(tmpdir(), 'firedrill-bench-'));
  const commit = await headCommit();
  /** Again where others had the machine: it tells nothing of the runbooks then. */
  const play = async (scenario: DrillScenario): Promise<Drilled> => {
    for (let attempt = 1; ; attempt += 1) {
      const result = await runDrill({ scenario, seed, operator: 'runbook', by: 'bench', limitMs, runs });
      const told =
        result.score?.resolved === true || result.verdict === undefined || !isDisturbed(result.verdict);
      if (told || attempt === attemptsAtMost)
        return drilledOf(scenario, result, { seed, date: today(), commit, attempt });
      process.stderr.write('others had the machine: once more\n');
    }
  };
  let good = true;
  try {
    for (const scenario of chosen) {
      process.stderr.write(`\n${scenario.name}@${scenario.level}\n`);
      const drilled = await play(scenario);
      good &&= drilled.resolved;
      process.stderr.write(`${JSON.stringify(drilled)}\n`);
      const latest = latestResult(drilledName, drilledResultSchema)?.result;
      const before = freshRuns(latest?.drills ?? [], today());
      await writeResult(drilledName, { drills: withDrilled(before, drilled) });
    }
  } finally {
    if (values.out === undefined) rmSync(runs, { recursive: true, force: true });
  }
  return good ? 0 : 1;
});
