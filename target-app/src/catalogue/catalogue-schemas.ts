import { z } from 'zod';

export const skuSchema = z.string().regex(/^SKU-[0-9]{4}$/, 'must be SKU- and four digits');

export const listQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: skuSchema.optional(),
  /** Words that must all be there. No control characters: PostgreSQL's text knows no NUL. */
  q: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[^\p{C}]*$/u, 'must have no control characters')
    .optional(),
});

export const productSchema = z.strictObject({
  sku: skuSchema,
  name: z.string(),
  description: z.string(),
  category: z.string(),
  priceCents: z.number().int(),
});

export const productDetailSchema = productSchema.extend({ available: z.number().int() });

export const productListSchema = z.strictObject({
  products: z.array(productSchema),
  /** Pass it as `after` for the next page; absent on the last. */
  next: skuSchema.optional(),
});
