import { type Postgres, startPostgres } from '@firedrill/target-app/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from './exposure/in-parallel.ts';
import { isNamed, mistakes } from './exposure/mistakes.ts';
import { play } from './exposure/play.ts';
import { scenarios } from './exposure/scenarios.ts';

/** A second one would prove nothing that the first does not: `pnpm bench broken-shops` plays each with twenty. */
const seeds = [1];

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  await postgres.stop();
});

const inTurn = inParallel(3);

describe.concurrent('the checker', () => {
  describe.each(mistakes.map((mistake) => [mistake.shop, mistake] as const))('%s', (_name, mistake) => {
    it.each(seeds)('is caught by its invariant, which names the order (seed %i)', async (seed) => {
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
  });

  describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'the good shop, under %s',
    (_name, scenario) => {
      it.each(seeds)('is never accused (seed %i)', async (seed) => {
        const { results, orders } = await inTurn(() => play(postgres, scenario, seed));
        expect(orders).toBeGreaterThan(0);
        expect(results.flatMap((result) => [...result.violations, ...result.unresolved])).toEqual([]);
      });
    },
  );
});
