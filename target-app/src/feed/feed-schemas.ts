import { z } from 'zod';
import { skuSchema } from '../catalogue/catalogue-schemas.ts';
import { orderStatuses } from '../order/states.ts';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Microseconds since 1970 and the item's id: the place of an item in the feed. */
export const feedCursorSchema = z
  .string()
  .regex(
    new RegExp(`^[0-9]{1,16}\\.(?:order\\.${uuid}\\.[0-9]{1,6}|review\\.${uuid}|stock\\.SKU-[0-9]{4})$`),
    'must be the `next` of another page',
  );

export const feedQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  before: feedCursorSchema.optional(),
});

const item = {
  id: z.string(),
  /** ISO 8601. */
  at: z.string(),
};

export const feedSchema = z.strictObject({
  items: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('order'),
        ...item,
        orderId: z.uuid(),
        status: z.enum(orderStatuses),
      }),
      z.strictObject({
        kind: z.literal('review'),
        ...item,
        sku: skuSchema,
        rating: z.number().int(),
        title: z.string(),
      }),
      z.strictObject({ kind: z.literal('back-in-stock'), ...item, sku: skuSchema }),
    ]),
  ),
  /** Pass it as `before` for the next page; absent on the last. */
  next: feedCursorSchema.optional(),
});
