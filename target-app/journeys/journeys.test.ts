import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listQuerySchema } from '../src/catalogue/catalogue-schemas.ts';
import { checkoutBodySchema, linesSchema } from '../src/order/order-schemas.ts';
import { type JourneyContext, journeys } from './index.ts';

const cartSchema = z.strictObject({ lines: linesSchema });

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const bought = { operation: 'checkout', customer: 'c-7', response: { orderId: 'o-7' } };

function contextOf(seed: number, acknowledged: JourneyContext['acknowledged'] = [bought]): JourneyContext {
  let keys = 0;
  return { random: seeded(seed), customer: 'c-1', newKey: () => `key-${keys++}`, acknowledged };
}

function play(seed: number) {
  const context = contextOf(seed);
  return Array.from({ length: 300 }, () => journeys.map((journey) => journey.request(context)));
}

it('shares add up to one', () => {
  expect(journeys.reduce((sum, journey) => sum + journey.weight, 0)).toBeCloseTo(1);
});

it('sends the same requests for the same seed, others for another', () => {
  expect(play(1)).toEqual(play(1));
  expect(play(1)).not.toEqual(play(2));
});

describe.each(journeys.map((journey) => [journey.operation, journey] as const))(
  '%s',
  (_operation, journey) => {
    it('asks only for what the shop can take', () => {
      const context = contextOf(3);
      for (let round = 0; round < 300; round += 1) {
        const request = journey.request(context);
        const url = new URL(request?.path ?? '', 'http://shop');
        if (url.pathname === '/products') listQuerySchema.parse(Object.fromEntries(url.searchParams));
        if (journey.operation === 'checkout') checkoutBodySchema.parse(request?.body);
        if (journey.operation === 'cart') cartSchema.parse(request?.body);
        expect(request?.key === undefined).toBe(!['checkout', 'cancel'].includes(journey.operation));
      }
    });

    it('has a fallback where it needs an order and there is none', () => {
      if (journey.request(contextOf(1, [])) === undefined) {
        expect(journeys.map((other) => other.operation)).toContain(journey.fallback);
      }
    });
  },
);

it('asks for an order as the customer who bought it', () => {
  const asking = journeys.filter((journey) => ['order-status', 'cancel'].includes(journey.operation));
  for (const journey of asking) {
    expect(journey.request(contextOf(1))).toMatchObject({
      customer: 'c-7',
      path: expect.stringContaining('o-7'),
    });
  }
});
