import { expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { fuzz } from './fuzz.ts';
import { operations } from './operations.ts';
import { patientShop } from './patient-shop.ts';

const suite = benchSuite();

/** `pnpm bench fuzz` sends 10,000. */
it('answers whatever is made of its own document as the document says, and its books stay sound', async () => {
  const api = await suite.bench.startApi(patientShop);
  const { port } = new URL(api.url);
  const summary = await fuzz({ port: Number(port), cases: 3000, seed: 20_261_123 });
  // A crowd of refusals alone would prove nothing: every operation was done, and refused.
  expect(Object.keys(summary.accepted).toSorted()).toEqual(
    operations.map((one) => one.operationId).toSorted(),
  );
  for (const status of [400, 401, 404, 405, 409, 413, 415, 422]) {
    expect(summary.statuses[status], `${status} of ${JSON.stringify(summary.statuses)}`).toBeGreaterThan(0);
  }
  expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
  expect(api.output()).not.toContain('"level":50');
  await settledBooks(suite.bench);
});
