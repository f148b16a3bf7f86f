import { type Postgres, startPostgres } from '@firedrill/target-app/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { play } from './exposure/play.ts';
import type { Scenario } from './exposure/scenario.ts';
import {
  crowd,
  killAfterAnswer,
  killBeforeCommit,
  lostAnswer,
  lostPaymentAnswer,
  scenarios,
  slowPayment,
  stalledPayment,
} from './exposure/scenarios.ts';

/** FIREDRILL_EXPOSURE_SEEDS=20 plays each with twenty seeds. */
const seeds = Array.from(
  { length: Number(process.env['FIREDRILL_EXPOSURE_SEEDS'] ?? 2) },
  (_, index) => index + 1,
);

const mistakes: readonly (readonly [string, Scenario, readonly number[]])[] = [
  ['no-key-check', lostAnswer, [1, 4]],
  ['stock-read-then-write', crowd, [6]],
  ['acknowledge-before-commit', killAfterAnswer, [1]],
  ['new-provider-key-each-retry', lostPaymentAnswer, [5]],
  ['not-found-means-never-charged', stalledPayment, [5]],
  ['no-sweeper', killBeforeCommit, [2]],
  ['expiry-without-compare-and-set', slowPayment, [5, 6]],
];

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  await postgres.stop();
});

describe.each(mistakes)('%s', (broken, scenario, invariants) => {
  it.each(seeds)('is caught by its invariant, which names the order (seed %i)', async (seed) => {
    const { results } = await play(postgres, scenario, seed, broken);
    for (const number of invariants) {
      const { violations } = results.find((result) => result.invariant === number)!;
      expect(violations.length, `violations of invariant ${number}`).toBeGreaterThan(0);
      expect(
        violations.some((violation) => violation.order !== undefined || violation.key !== undefined),
      ).toBe(true);
    }
  });
});

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'the good shop, under %s',
  (_name, scenario) => {
    it.each(seeds)('is never accused (seed %i)', async (seed) => {
      const { results, orders } = await play(postgres, scenario, seed);
      expect(orders).toBeGreaterThan(0);
      expect(results.flatMap((result) => [...result.violations, ...result.unresolved])).toEqual([]);
    });
  },
);
