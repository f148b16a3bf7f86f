import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Failover, lossesOfALeader, measureFailover } from '@firedrill/chaos/bench';
import { FiredrillError, runMain } from '@firedrill/errors';
import { labDown, requireLab } from '@firedrill/lab';
import { $ } from 'zx';
import { failoverResultSchema } from './failover-result.ts';
import { failoverTable } from './failover-table.ts';
import { root } from './root.ts';
import { writeResult } from './write-result.ts';

const level = 4;

/** `pnpm bench failover [rounds]`: how long no write is acknowledged when the leader is lost → docs/results. */
await runMain(async () => {
  const rounds = Number(process.argv[2] ?? 20);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new FiredrillError('usage', `not a number of rounds: ${process.argv[2]}`, {
      fix: 'give a whole number from 1',
    });
  }
  process.env.FIREDRILL_LAB_SCOPE = `bench-${process.pid}`;
  const failovers: Failover[] = [];
  for (const timers of ['supported', 'fast'] as const) {
    await $({
      cwd: root,
      quiet: true,
    })`${process.execPath} bin/lab.mjs up --level ${level} --timers ${timers}`;
    try {
      for (let round = 1; round <= rounds; round++) {
        for (const loss of lossesOfALeader) {
          const one = await measureFailover(await requireLab(level), loss);
          failovers.push(one);
          process.stderr.write(`${JSON.stringify(one)}\n`);
        }
      }
    } finally {
      await labDown({ level });
    }
  }
  const path = await writeResult('failover', { failovers });
  const result = failoverResultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  process.stdout.write(`${failoverTable(basename(path), result)}\n`);
  return failovers.some(({ lost }) => lost > 0) ? 1 : 0;
});
