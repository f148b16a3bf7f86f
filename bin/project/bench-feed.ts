import { runMain } from '@firedrill/errors';
import { provisionWithProgress } from '@firedrill/provision';
import { compareFeeds } from '@firedrill/target-app/bench';
import { writeResult } from './write-result.ts';

/** `pnpm bench feed`: the same feeds from the database and over MongoDB's wire → docs/results; docs/levels.md shows them. */
await runMain(async () => {
  await provisionWithProgress(['postgres', 'pgbouncer', 'ferretdb']);
  const comparison = await compareFeeds((line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(comparison, null, 1)}\n`);
  process.stdout.write(`${await writeResult('feed', comparison)}\n`);
  return 0;
});
