import type { Hurt } from '@firedrill/chaos';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { burntOf, worstRatioBetween } from './hurt-seconds.ts';

/** So many bad events of 10 in each second. */
const hurt = (...bad: readonly number[]): Hurt => ({
  loadFromMs: 0,
  slos: [{ slo: 'checkout-availability', seconds: bad.map((one) => ({ bad: one, good: 10 - one })) }],
});
const times = (count: number, value: number): readonly number[] => Array.from({ length: count }, () => value);

it('who acts after 30 s saves what would have gone on', () => {
  // 20 s without, 40 s with 5 a second, then served again.
  const felt = hurt(...times(20, 0), ...times(40, 5), ...times(60, 0));
  const burnt = burntOf(felt, { injectedMs: 20_000, pagedMs: 30_000, actedMs: 60_000, healedMs: 120_000 });
  expect(burnt).toEqual({ bad: 200, nothing: 10 * 5 + 300 * 5, best: 10 * 5 + 60 * 5 });
});

it('of what ended by itself before anybody acted nothing was at stake', () => {
  const felt = hurt(...times(20, 0), ...times(20, 8), ...times(80, 0));
  const burnt = burntOf(felt, { injectedMs: 20_000, pagedMs: 30_000, actedMs: 70_000, healedMs: 120_000 });
  expect(burnt).toEqual({ bad: 160, nothing: 160, best: 160 });
});

it('to act sooner never costs more than the best is said to, and nothing is ever below it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 0, max: 100_000 }),
      fc.integer({ min: 0, max: 100_000 }),
      (bad, pageAfter, actAfter) => {
        const injectedMs = 5000;
        const { nothing, best } = burntOf(hurt(...bad), {
          injectedMs,
          pagedMs: injectedMs + pageAfter,
          actedMs: injectedMs + actAfter,
          healedMs: 400_000,
        });
        expect(best).toBeGreaterThanOrEqual(0);
        expect(nothing).toBeGreaterThanOrEqual(best);
      },
    ),
  );
});

it('the worst of the SLOs counts, and a time without users has none', () => {
  const two: Hurt = {
    loadFromMs: 0,
    slos: [
      { slo: 'a', seconds: [{ good: 9, bad: 1 }] },
      { slo: 'b', seconds: [{ good: 1, bad: 1 }] },
    ],
  };
  expect(worstRatioBetween(two, 0, 1000)).toBe(0.5);
  expect(worstRatioBetween(two, 5000, 9000)).toBeUndefined();
});
