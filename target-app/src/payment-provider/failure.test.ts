import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, Failure } from './failure.ts';

const keys = Array.from({ length: 4000 }, (_, index) => `key-${index}`);

describe('a provider in part out of order', () => {
  it.each([0.02, 0.05, 0.1, 0.5])('turns about %d of the captures away, and counts them', (ratio) => {
    const failure = new Failure();
    failure.set({ ratio, seed: 7 });
    const failed = keys.filter((key) => failure.strikes(key)).length;
    expect(failure.reading).toEqual({ ratio, seed: 7, asked: keys.length, failed });
    const deviation = Math.sqrt(ratio * (1 - ratio) * keys.length);
    expect(Math.abs(failed - ratio * keys.length)).toBeLessThan(4 * deviation);
  });

  it('turns the same ones away under the same seed, in whatever order they come', () => {
    const struck = (order: readonly string[]) => {
      const failure = new Failure();
      failure.set({ ratio: 0.3, seed: 3 });
      return order.filter((key) => failure.strikes(key)).toSorted();
    };
    expect(struck(keys.toReversed())).toEqual(struck(keys));
  });

  it('turns others away under another seed', () => {
    const differ = keys.filter((key) => draw(1, key, 1) < 0.5 !== draw(2, key, 1) < 0.5);
    expect(differ.length).toBeGreaterThan(keys.length / 3);
  });

  it('draws again for a retry with the same key', () => {
    const failure = new Failure();
    failure.set({ ratio: 0.5, seed: 1 });
    fc.assert(
      fc.property(fc.uuid(), (key) => {
        const answers = Array.from({ length: 40 }, () => failure.strikes(key));
        return new Set(answers).size === 2;
      }),
    );
  });

  it('lets all through, and counts nothing, when it is not set or reset', () => {
    const failure = new Failure();
    expect(keys.some((key) => failure.strikes(key))).toBe(false);
    failure.set({ ratio: 1, seed: 1 });
    expect(failure.strikes('a')).toBe(true);
    failure.reset();
    expect(failure.strikes('a')).toBe(false);
    expect(failure.reading).toEqual({ ratio: 0, seed: 0, asked: 0, failed: 0 });
  });
});
