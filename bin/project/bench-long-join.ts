import { runMain } from '@firedrill/errors';
import { provisionWithProgress } from '@firedrill/provision';
import { compareHistory } from '@firedrill/target-app/bench';
import { writeResult } from './write-result.ts';

/** `pnpm bench long-join`: a heavy customer's order history, asked in several ways → docs/results; docs/levels.md shows them. */
await runMain(async () => {
  await provisionWithProgress(['postgres']);
  const comparison = await compareHistory((line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(comparison.asked, null, 1)}\n`);
  process.stdout.write(`${await writeResult('long-join', comparison)}\n`);
  return 0;
});
