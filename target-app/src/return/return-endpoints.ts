import { z } from 'zod';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { linesSchema, orderParamsSchema, pricedLineSchema } from '../order/order-schemas.ts';
import type { ReturnGoods } from './return-goods.ts';

const returnedSchema = z.strictObject({
  returnId: z.uuid(),
  orderId: z.uuid(),
  status: z.literal('refunded'),
  /** What the order is after this return. */
  orderStatus: z.enum(['part_returned', 'returned']),
  refundedCents: z.number().int(),
  lines: z.array(pricedLineSchema),
});

export function returnEndpoints(returnGoods: ReturnGoods): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/orders/{id}/returns',
      operation: 'return',
      summary:
        'Bring back some or all of what was bought: it is refunded and restocked. Safe to repeat with the same key.',
      params: orderParamsSchema,
      body: z.strictObject({ lines: linesSchema }),
      needs: { customer: true, key: true },
      answers: { 201: returnedSchema },
      problems: [
        'order-not-found',
        'idempotency-key-in-flight',
        'order-not-returnable',
        'return-exceeds-order',
        'line-not-in-order',
        'idempotency-key-reused',
        'payment-unavailable',
        'payment-timeout',
      ],
      handle: ({ params, body, customer, key, deadline }) =>
        returnGoods({ customer, key, orderId: params.id, lines: body.lines }, deadline),
    }),
  ];
}
