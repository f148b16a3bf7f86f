import { type Postgres, startPostgres } from '@firedrill/target-app/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from './exposure/in-parallel.ts';
import { isNamed, mistakes } from './exposure/mistakes.ts';
import { play } from './exposure/play.ts';
import { expectNoAccusation, oneOfEachKind } from './exposure/testing/good-shop.ts';

/** A second one would prove nothing that the first does not: `pnpm bench broken-shops` plays each with twenty. */
const seed = 1;

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  await postgres.stop();
});

const inTurn = inParallel(3);

describe.concurrent('the checker', () => {
  it.each(mistakes)('catches $shop by its invariant, which names the order', async (mistake) => {
    const { results } = await inTurn(() => play(postgres, mistake.scenario, seed, mistake.shop));
    for (const number of mistake.invariants) {
      const found = results.find((result) => result.invariant === number)!;
      const { violations, unresolved, examined } = found;
      const open = unresolved.map(({ message }) => message).join('; ');
      const what = `violations of invariant ${number} among ${examined}, unresolved: ${open}`;
      expect(violations.length, what).toBeGreaterThan(0);
      expect(isNamed(violations)).toBe(true);
    }
  });

  // Under all the others: good-shop.full.lab.test.ts.
  it.each(oneOfEachKind)('never accuses the good shop, under $name', (scenario) =>
    expectNoAccusation(postgres, scenario, inTurn),
  );
});
