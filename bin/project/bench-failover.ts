import { parseArgs } from 'node:util';
import { lossesOfALeader, measureFailover } from '@firedrill/chaos/bench';
import { FiredrillError, runMain } from '@firedrill/errors';
import { labDown, requireLab } from '@firedrill/lab';
import { $ } from 'zx';
import { countOf } from './count-of.ts';
import {
  allTimers,
  failoverName,
  failoverResultSchema,
  keepsThePromise,
  leftToLose,
  type MeasuredFailover,
  type Timers,
} from './failover-result.ts';
import { failoverTable } from './failover-table.ts';
import { freshRuns } from './fresh-runs.ts';
import { headCommit } from './head-commit.ts';
import { labsGoWith } from './labs-go-with.ts';
import { latestResult } from './latest-result.ts';
import { root } from './root.ts';
import { today } from './today.ts';
import { writeResult } from './write-result.ts';

const level = 4;

/** What was measured in the last days. */
const readFresh = (): readonly MeasuredFailover[] =>
  freshRuns(latestResult(failoverName, failoverResultSchema)?.result.failovers ?? [], today());

function timersOf(given: string | undefined): readonly Timers[] {
  if (given === undefined) return allTimers;
  const known = allTimers.find((one) => one === given);
  if (known !== undefined) return [known];
  throw new FiredrillError('usage', `no timers: ${given}`, { fix: `use one of ${allTimers.join(', ')}` });
}

/**
 * `pnpm bench failover [rounds] [--timers supported|fast]`: how long no write is acknowledged when the leader is lost → docs/results.
 * Written after each failover; what the last seven days have measured is not measured again; one for each kind of timers may run at
 * the same time. Exits 1 where an acknowledged write or order was lost or a median is over the promise.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { timers: { type: 'string' } },
    allowPositionals: true,
  });
  const rounds = countOf(positionals[0], 20, 'rounds');
  const wanted = timersOf(values.timers);
  process.env.FIREDRILL_LAB_SCOPE = `bench-${process.pid}`;
  labsGoWith([level]);
  const commit = await headCommit();
  for (const timers of wanted) await measure(timers, rounds, commit);
  const latest = latestResult(failoverName, failoverResultSchema);
  if (latest === undefined) return 1;
  process.stdout.write(`${failoverTable(latest.file, latest.result)}\n`);
  return keepsThePromise(latest.result.failovers, wanted) ? 0 : 1;
});

/** On one lab as long as each failover leaves it as it was. */
async function measure(timers: Timers, rounds: number, commit: string): Promise<void> {
  const left = leftToLose(timers, rounds, readFresh());
  let isUp = false;
  try {
    for (const [index, loss] of left.entries()) {
      if (!isUp)
        await $({
          cwd: root,
          quiet: true,
        })`${process.execPath} bin/lab.mjs up --level ${level} --timers ${timers}`;
      const one = { ...(await measureFailover(await requireLab(level), loss)), date: today(), commit };
      const place = rounds * lossesOfALeader.length - left.length + index + 1;
      const of = rounds * lossesOfALeader.length;
      process.stderr.write(`${place} of ${of} with ${timers} timers: ${JSON.stringify(one)}\n`);
      await writeResult(failoverName, () => ({ failovers: [...readFresh(), one] }));
      // Whose former leader did not come back is of no use for the next.
      isUp = one.backSeconds !== null;
      if (!isUp) await labDown({ level });
    }
  } finally {
    await labDown({ level });
  }
}
