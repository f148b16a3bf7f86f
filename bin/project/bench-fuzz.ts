import { FiredrillError, runMain } from '@firedrill/errors';
import { fuzz, patientShop } from '@firedrill/target-app/fuzz';
import { startPostgres, startShopBench } from '@firedrill/target-app/testing';
import { writeResult } from './write-result.ts';

const cases = 10_000;

/** `pnpm bench fuzz [seed]`: what the fuzz test does with 1,500 requests, with 10,000. Exits 1 and shows the first bad answers. */
await runMain(async () => {
  const seed = Number(process.argv[2] ?? 1);
  if (!Number.isInteger(seed)) {
    throw new FiredrillError('usage', `not a seed: ${process.argv[2]}`, { fix: 'give a whole number' });
  }
  const postgres = await startPostgres();
  try {
    const bench = await startShopBench(postgres);
    try {
      const api = await bench.startApi(patientShop);
      const from = performance.now();
      const summary = await fuzz({ port: Number(new URL(api.url).port), cases, seed });
      const seconds = Math.round((performance.now() - from) / 100) / 10;
      const ready = (await fetch(`${api.url}/readyz`)).ok;
      const internalErrors = api.output().split('"level":50').length - 1;
      const path = await writeResult('fuzz', { seed, seconds, ready, internalErrors, ...summary });
      process.stdout.write(`${JSON.stringify(summary)}\n${path}\n`);
      return ready && internalErrors === 0 ? 0 : 1;
    } finally {
      await bench.stop();
    }
  } finally {
    await postgres.stop();
  }
});
