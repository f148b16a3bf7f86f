import { z } from 'zod';
import type { Database } from '../data/database.ts';
import type { ReadRouter } from '../data/reads/read-router.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { cartIdSchema, linesSchema, pricedLineSchema } from '../order/order-schemas.ts';
import { getCart, putCart } from './cart.ts';

const params = z.strictObject({ id: cartIdSchema });
const cartSchema = z.strictObject({
  id: cartIdSchema,
  version: z.number().int(),
  lines: z.array(pricedLineSchema),
  totalCents: z.number().int(),
});
const cartBodySchema = z.strictObject({
  lines: linesSchema,
  /** The version that the customer saw. */
  version: z.number().int().min(1).max(2_000_000_000).optional(),
});

export function cartEndpoints(database: Database, reads: ReadRouter): readonly Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/carts/{id}/items',
      operation: 'cart',
      summary: 'Replace what is in the cart. It reserves nothing.',
      params,
      body: cartBodySchema,
      needs: { customer: true, key: false },
      answers: { 200: cartSchema },
      problems: ['cart-version-conflict', 'unknown-product'],
      handle: async ({ params: { id }, body: { lines, version }, customer, deadline }) => ({
        status: 200,
        body: await putCart(database, { customer, id, lines, version }, deadline),
      }),
    }),
    endpoint({
      method: 'get',
      path: '/carts/{id}',
      operation: 'cart-show',
      summary: 'What is in the cart, at the prices of this moment.',
      params,
      needs: { customer: true, key: false },
      answers: { 200: cartSchema },
      problems: ['cart-not-found'],
      handle: async ({ params: { id }, customer, deadline }) => {
        const { value, headers } = await reads.read('cart-show', deadline, (queries) =>
          getCart(queries, customer, id),
        );
        return { status: 200, body: value, headers };
      },
    }),
  ];
}
