import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalsOf, Shedding } from './shedding.ts';
import { type Worth, worthOf } from './worth.ts';

const count = fc.integer({ min: 0, max: 1000 });
const mixes = fc.record({ idle: count, looking: count, buying: count });
const shares = fc.double({ min: 0, max: 1, noNaN: true });

describe('refusalsOf', () => {
  it('turns the asked share of all requests away, or all that may be, and never who buys', () => {
    fc.assert(
      fc.property(mixes, shares, (mix, share) => {
        const refusals = refusalsOf(share, mix);
        const all = mix.idle + mix.looking + mix.buying;
        const shed = refusals.idle * mix.idle + refusals.looking * mix.looking;
        expect(shed).toBeCloseTo(Math.min(share * all, mix.idle + mix.looking), 6);
        expect(refusals.buying).toBe(0);
        for (const refusal of Object.values(refusals)) {
          expect(refusal).toBeGreaterThanOrEqual(0);
          expect(refusal).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('loses none of what is dearer while there is something cheaper', () => {
    fc.assert(
      fc.property(mixes, shares, (mix, share) => {
        const { idle, looking } = refusalsOf(share, mix);
        if (mix.idle > 0 && looking > 0) expect(idle).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('Shedding', () => {
  const play = (share: number, requests: readonly Worth[]) => {
    const shedding = new Shedding();
    return requests.filter((worth) => shedding.turnsAway(worth, share));
  };
  /** As users come: of ten two look around, five look for something, three buy. */
  const usual = Array.from({ length: 10_000 }, (_, index): Worth => {
    const place = (index * 7) % 10;
    return place < 2 ? 'idle' : place < 7 ? 'looking' : 'buying';
  });

  it.each([
    [0, 0, 0],
    [0.1, 1000, 0],
    [0.2, 2000, 0],
    [0.4, 2000, 2000],
    [1, 2000, 5000],
  ])('at %f, %i of who looks around and %i of who looks for something', (share, idle, looking) => {
    const shed = play(share, usual);
    const near = (worth: Worth, wanted: number) => {
      const found = shed.filter((one) => one === worth).length;
      // Until it has seen some requests it does not know the mix.
      expect(Math.abs(found - wanted)).toBeLessThanOrEqual(60);
    };
    near('idle', idle);
    near('looking', looking);
    near('buying', 0);
  });
});

it.each([
  ['get', 'browse', true, 'idle'],
  ['get', 'browse', false, 'looking'],
  ['get', 'feed', false, 'idle'],
  ['get', 'order-list', false, 'idle'],
  ['get', 'order-status', false, 'looking'],
  ['post', 'checkout', false, 'buying'],
  ['put', 'cart-put', false, 'buying'],
  ['post', 'cancel', true, 'buying'],
] as const)('%s %s, searching %s, is %s', (method, operation, searching, worth) => {
  expect(worthOf({ method, operation }, searching)).toBe(worth);
});
