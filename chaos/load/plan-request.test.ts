import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Journey } from '../target.ts';
import { RequestPlanner } from './plan-request.ts';

const journeys: readonly Journey[] = [
  {
    operation: 'look',
    weight: 3,
    write: false,
    request: ({ random }) => ({ method: 'GET', path: `/look/${random()}` }),
  },
  {
    operation: 'buy',
    weight: 1,
    write: true,
    request: ({ newKey, random }) => ({ method: 'POST', path: '/buy', key: newKey(), body: { n: random() } }),
  },
  {
    operation: 'undo',
    weight: 1,
    write: true,
    fallback: 'buy',
    request: ({ acknowledged, newKey }) => {
      const [last] = acknowledged.slice(-1);
      return last && { method: 'POST', path: '/undo', key: newKey(), customer: last.customer };
    },
  },
];
const options = { seed: 1, keyScope: 'run', customers: 50, traceRatio: 0.1 };
const bought = { operation: 'buy', customer: 'c-owner', response: {} };

test('seed and index decide the request; what others got does not shift it', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(10_000), (seed, index) => {
      const plain = new RequestPlanner(journeys, { ...options, seed }).plan(index, []);
      expect(new RequestPlanner(journeys, { ...options, seed }).plan(index, [])).toEqual(plain);
      const later = new RequestPlanner(journeys, { ...options, seed }).plan(index, [bought]);
      if (later?.operation !== 'undo') expect(later).toEqual(plain);
    }),
  );
});

test('draws by weight', () => {
  const planner = new RequestPlanner(journeys, options);
  const drawn = Array.from({ length: 10_000 }, (_, index) => planner.plan(index, [bought])?.operation);
  const count = (operation: string): number => drawn.filter((one) => one === operation).length;
  // Standard deviation 49 and 40.
  expect(Math.abs(count('look') - 6000)).toBeLessThan(200);
  expect(Math.abs(count('buy') - 2000)).toBeLessThan(160);
});

test('a journey that cannot be made yet gives way to its fallback', () => {
  const planner = new RequestPlanner(journeys, options);
  const index =
    Array.from({ length: 100 }, (_, i) => i).find((i) => planner.plan(i, [bought])?.operation === 'undo') ??
    -1;
  expect(planner.plan(index, [bought])).toMatchObject({
    operation: 'undo',
    customer: 'c-owner',
    request: { path: '/undo' },
  });
  expect(planner.plan(index, [])).toMatchObject({ operation: 'buy', request: { path: '/buy' } });
});

test('fallbacks that lead nowhere give no request, not an endless loop', () => {
  const circle = (operation: string, fallback: string): Journey => ({
    operation,
    weight: 1,
    write: false,
    fallback,
    request: () => undefined,
  });
  expect(new RequestPlanner([circle('a', 'b'), circle('b', 'a')], options).plan(0, [])).toBeUndefined();
});

test('keys are unique in a run and differ between runs of one seed; so do trace ids', () => {
  const planned = (keyScope: string) => {
    const planner = new RequestPlanner(journeys, { ...options, keyScope });
    return Array.from({ length: 2000 }, (_, i) => planner.plan(i, []));
  };
  const [first, second] = [planned('run-1'), planned('run-2')];
  const keys = [...first, ...second].flatMap((request) => request?.request.key ?? []);
  const traces = [...first, ...second].map((request) => request?.traceId);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(traces).size).toBe(4000);
  expect(first[0]?.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(first.map((request) => request?.request.path)).toEqual(
    second.map((request) => request?.request.path),
  );
});

test('says sampled for the wanted share', () => {
  const planner = new RequestPlanner(journeys, options);
  const sampled = Array.from({ length: 10_000 }, (_, i) => planner.plan(i, [])).filter(
    (request) => request?.sampled,
  ).length;
  expect(Math.abs(sampled - 1000)).toBeLessThan(120);
});
