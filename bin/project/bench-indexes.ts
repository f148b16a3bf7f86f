import { runMain } from '@firedrill/errors';
import { compareIndexes } from '@firedrill/target-app/bench';
import { writeResult } from './write-result.ts';

/** `pnpm bench indexes`: slow statements before and after level 2's indexes → docs/results; docs/levels.md shows them. */
await runMain(async () => {
  const comparison = await compareIndexes((line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(comparison.statements, null, 1)}\n`);
  process.stdout.write(`${await writeResult('indexes', comparison)}\n`);
  return 0;
});
