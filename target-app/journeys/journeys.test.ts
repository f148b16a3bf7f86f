import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listQuerySchema } from '../src/catalogue/catalogue-schemas.ts';
import { checkoutBodySchema, linesSchema } from '../src/order/order-schemas.ts';
import { reviewBodySchema } from '../src/review/review-schemas.ts';
import { type JourneyContext, journeys } from './index.ts';

const bodySchemas: Readonly<Record<string, z.ZodType>> = {
  checkout: checkoutBodySchema,
  cart: z.strictObject({ lines: linesSchema }),
  return: z.strictObject({ lines: linesSchema }),
  review: reviewBodySchema,
};

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

const lines = [{ sku: 'SKU-0007', quantity: 2, unitCents: 5 }];
const bought = { operation: 'checkout', customer: 'c-7', response: { orderId: 'o-7', lines } };
const many = Array.from({ length: 12 }, () => bought);

function contextOf(seed: number, acknowledged: JourneyContext['acknowledged'] = many): JourneyContext {
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
        bodySchemas[journey.operation]?.parse(request?.body);
        expect(request?.key !== undefined).toBe(journey.write && journey.operation !== 'cart');
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
  const ofOrders = ['order-status', 'cancel', 'return', 'invoice'];
  const asking = journeys.filter((journey) => ofOrders.includes(journey.operation));
  expect(asking).toHaveLength(ofOrders.length);
  for (const journey of asking) {
    expect(journey.request(contextOf(1))).toMatchObject({
      customer: 'c-7',
      path: expect.stringContaining('o-7'),
    });
  }
});

it('brings back no more than was bought, and reviews only what was', () => {
  const context = contextOf(5);
  for (const { operation, request } of journeys) {
    for (let round = 0; round < 100; round += 1) {
      const asked = request(context);
      if (operation === 'return') {
        const { lines: back } = z.object({ lines: linesSchema }).parse(asked?.body);
        expect(back).toMatchObject([{ sku: 'SKU-0007' }]);
        expect(back[0]?.quantity).toBeLessThanOrEqual(2);
      }
      if (operation === 'review') expect(asked?.path).toBe('/products/SKU-0007/reviews');
    }
  }
});
