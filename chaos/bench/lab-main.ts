import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { FiredrillError, runMain } from '@firedrill/errors';
import { thisCheckout } from '@firedrill/lab/control';
import { levels } from '@firedrill/topology';
import { $ } from 'zx';
import { type LabRound, labResultsSchema } from './lab-results.ts';
import { measureLab } from './lab-round.ts';

const loadSeconds = 60;
/** The figures that a lab of level 1 must reach. */
const goals = { level: 1, megabytes: 1200, seconds: 10 } as const;

/** `pnpm bench lab [rounds]`: memory and time to ready of level 1's lab, and once of each other → docs/results. */
await runMain(async () => {
  const rounds = Number(process.argv[2] ?? 3);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new FiredrillError('usage', `not a number of rounds: ${process.argv[2]}`, {
      fix: 'give a whole number from 1',
    });
  }
  process.env.FIREDRILL_LAB_SCOPE = `bench-${process.pid}`;
  const measured: LabRound[] = [];
  // The goals are level 1's; one round of the others is there to compare with.
  for (let round = 1; round <= rounds; round++) {
    for (const { number } of levels.filter((level) => level.number === goals.level || round === 1)) {
      const one = await measureLab(number, loadSeconds * 1000);
      measured.push(one);
      process.stderr.write(`${JSON.stringify(one)}\n`);
    }
  }
  const commit = `${await $({ cwd: thisCheckout, quiet: true })`git rev-parse --short=12 HEAD`}`.trim();
  const date = new Date().toISOString().slice(0, 10);
  const results = labResultsSchema.parse({
    date,
    commit,
    cores: availableParallelism(),
    loadSeconds,
    rounds: measured,
  });
  const file = join(thisCheckout, 'docs', 'results', `${date}-lab.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return report(measured) ? 0 : 1;
});

/** Prints the medians with their ratios to the goals. @returns whether level 1 reaches both. */
function report(measured: readonly LabRound[]): boolean {
  for (const { number } of levels) {
    const rounds = measured.filter((one) => one.level === number);
    const ready = median(rounds.map((one) => one.readySeconds));
    const loaded = median(rounds.map((one) => one.loadedMegabytes));
    process.stdout.write(
      `level ${number}: ready in ${ready} s (${ratio(ready, goals.seconds)} of ${goals.seconds} s), ` +
        `${loaded} MB under load (${ratio(loaded, goals.megabytes)} of ${goals.megabytes} MB)\n`,
    );
  }
  return measured
    .filter((one) => one.level === goals.level)
    .every((one) => one.readySeconds <= goals.seconds && one.loadedMegabytes <= goals.megabytes);
}

const ratio = (value: number, goal: number): string => (value / goal).toFixed(2);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
