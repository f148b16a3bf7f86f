import { z } from 'zod';
import { pricedLineSchema } from '../order/order-schemas.ts';
import { orderStatuses } from '../order/states.ts';

export const historyQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(10),
  /** The last order of the page before. */
  before: z.uuid().optional(),
});

const historyLineSchema = pricedLineSchema.extend({
  name: z.string(),
  /** Units that were brought back. */
  returned: z.number().int(),
  /** The customer's own rating of the product; `null` where there is none. */
  rating: z.number().int().nullable(),
});

export const historySchema = z.strictObject({
  orders: z.array(
    z.strictObject({
      orderId: z.uuid(),
      status: z.enum(orderStatuses),
      /** ISO 8601. */
      placedAt: z.string(),
      totalCents: z.number().int(),
      /** What went back by a cancellation or by returns. */
      refundedCents: z.number().int(),
      lines: z.array(historyLineSchema),
    }),
  ),
  /** Pass it as `before` for the next page; absent on the last. */
  next: z.uuid().optional(),
});
