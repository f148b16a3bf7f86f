import { readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { type LabRound, measureLab } from '@firedrill/chaos/bench';
import { runMain } from '@firedrill/errors';
import { oncallFolder } from '@firedrill/lab';
import { countOf } from './count-of.ts';
import { labGoals, labResultSchema } from './lab-result.ts';
import { labTable } from './lab-table.ts';
import { labsGoWith } from './labs-go-with.ts';
import { writeResult } from './write-result.ts';

const loadSeconds = 60;
const levels = [1, 2, 3, 4];

const goalOf = (level: number) => labGoals.find((goal) => goal.level === level);

/** `pnpm bench lab [rounds]`: memory and time to ready of the labs that have a goal, and once of each other → docs/results. */
await runMain(async () => {
  const rounds = countOf(process.argv[2], 3, 'rounds');
  process.env.FIREDRILL_LAB_SCOPE = `bench-${process.pid}`;
  labsGoWith(levels);
  const measured: LabRound[] = [];
  for (let round = 1; round <= rounds; round++) {
    // One round of the others is there to compare with.
    for (const level of levels.filter((one) => goalOf(one) !== undefined || round === 1)) {
      const one = await measureLab(level, loadSeconds * 1000);
      measured.push(one);
      process.stderr.write(`${JSON.stringify(one)}\n`);
    }
  }
  rmSync(oncallFolder(), { recursive: true, force: true });
  const path = await writeResult('lab', { loadSeconds, rounds: measured });
  const result = labResultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  process.stdout.write(`${labTable(basename(path), result)}\n`);
  const reached = measured.every(({ level, readySeconds, loadedMegabytes }) => {
    const goal = goalOf(level);
    return goal === undefined || (readySeconds <= goal.seconds && loadedMegabytes <= goal.megabytes);
  });
  return reached ? 0 : 1;
});
