import { z } from 'zod';
import { skuSchema } from '../catalogue/catalogue-schemas.ts';
import { cardTokenSchema } from '../payment/payment-schemas.ts';
import { orderStatuses } from './states.ts';

export const orderParamsSchema = z.strictObject({ id: z.uuid() });

const quantity = z.number().int().min(1).max(100);
const cents = z.number().int();

/** At most 20 lines, each article once. */
export const linesSchema = z
  .array(z.strictObject({ sku: skuSchema, quantity }))
  .min(1)
  .max(20)
  .refine((lines) => new Set(lines.map((line) => line.sku)).size === lines.length, 'each sku only once');

export const cartIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, 'must be lower-case letters, digits and dashes');

const card = z.strictObject({ token: cardTokenSchema });
/** Either lines or a cart. */
export const checkoutBodySchema = z.union([
  z.strictObject({ lines: linesSchema, card }),
  z.strictObject({ cartId: cartIdSchema, card }),
]);

export const pricedLineSchema = z.strictObject({ sku: skuSchema, quantity, unitCents: cents });

export const paidOrderSchema = z.strictObject({
  orderId: z.uuid(),
  status: z.literal('paid'),
  totalCents: cents,
  lines: z.array(pricedLineSchema),
});

export const acceptedOrderSchema = paidOrderSchema.extend({ status: z.literal('accepted') });

export const orderSchema = z.strictObject({
  orderId: z.uuid(),
  status: z.enum(orderStatuses),
  totalCents: cents,
  lines: z.array(pricedLineSchema),
});

export const orderListSchema = z.strictObject({
  orders: z.array(
    z.strictObject({
      orderId: z.uuid(),
      status: z.enum(orderStatuses),
      totalCents: cents,
      placedAt: z.string(),
    }),
  ),
});

export const cancelledOrderSchema = z.strictObject({
  orderId: z.uuid(),
  status: z.enum(['voided', 'refunded']),
  refundedCents: cents,
});
