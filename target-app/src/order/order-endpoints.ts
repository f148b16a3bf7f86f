import { z } from 'zod';
import { cartLines } from '../cart/cart.ts';
import type { ReadRouter } from '../data/reads/read-router.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import type { Cancel } from './cancel.ts';
import type { Checkout } from './checkout.ts';
import { listOrders } from './list-orders.ts';
import type { OrderBooks } from './order-books.ts';
import {
  acceptedOrderSchema,
  cancelledOrderSchema,
  checkoutBodySchema,
  orderListSchema,
  orderParamsSchema,
  orderSchema,
  paidOrderSchema,
} from './order-schemas.ts';

/** What the handlers call. */
export interface OrderServices {
  readonly reads: ReadRouter;
  readonly orders: OrderBooks;
  readonly checkout: Checkout;
  readonly cancel: Cancel;
}

export function orderEndpoints(services: OrderServices): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/orders',
      operation: 'checkout',
      summary:
        'Buy lines or a cart: paid at once, or accepted (202) and paid later. Safe to repeat with the same key.',
      body: checkoutBodySchema,
      needs: { customer: true, key: true },
      answers: { 201: paidOrderSchema, 202: acceptedOrderSchema },
      problems: [
        'card-declined',
        'idempotency-key-in-flight',
        'out-of-stock',
        'hold-expired',
        'checkout-voided',
        'idempotency-key-reused',
        'unknown-product',
        'cart-not-found',
        'payment-unavailable',
        'payment-timeout',
      ],
      handle: ({ body, customer, key, deadline }) =>
        services.checkout(
          {
            customer,
            key,
            body,
            token: body.card.token,
            lines: async (queries) =>
              'lines' in body ? body.lines : cartLines(queries, customer, body.cartId),
          },
          deadline,
        ),
    }),
    endpoint({
      method: 'get',
      path: '/orders',
      operation: 'order-list',
      summary: "The customer's latest orders. It may lag behind by a moment.",
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
      needs: { customer: true, key: false },
      answers: { 200: orderListSchema },
      problems: [],
      handle: async ({ customer, query, deadline }) => {
        const { value, headers } = await services.reads.read('order-list', deadline, (queries) =>
          listOrders(queries, customer, query.limit),
        );
        return { status: 200, body: { orders: value }, headers };
      },
    }),
    endpoint({
      method: 'get',
      path: '/orders/{id}',
      operation: 'order-status',
      summary: "One of the customer's orders as it is now.",
      params: orderParamsSchema,
      needs: { customer: true, key: false },
      answers: { 200: orderSchema },
      problems: ['order-not-found'],
      handle: async ({ params, customer, deadline }) => {
        const { value: order, headers } = await services.reads.read('order-status', deadline, (queries) =>
          services.orders.load(queries, params.id),
        );
        if (order === undefined || order.customer !== customer) throw new Problem('order-not-found');
        const { id, status, totalCents, lines } = order;
        return { status: 200, body: { orderId: id, status, totalCents, lines }, headers };
      },
    }),
    endpoint({
      method: 'post',
      path: '/orders/{id}/cancel',
      operation: 'cancel',
      summary:
        'Cancel an order: one without its money is voided, a paid one refunded. Safe to repeat with the same key.',
      params: orderParamsSchema,
      needs: { customer: true, key: true },
      answers: { 200: cancelledOrderSchema },
      problems: [
        'order-not-found',
        'idempotency-key-in-flight',
        'order-not-cancellable',
        'idempotency-key-reused',
        'payment-unavailable',
        'payment-timeout',
      ],
      handle: ({ params, customer, key, deadline }) =>
        services.cancel({ customer, key, orderId: params.id }, deadline),
    }),
  ];
}
