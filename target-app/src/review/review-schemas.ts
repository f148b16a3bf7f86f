import { z } from 'zod';
import { skuSchema } from '../catalogue/catalogue-schemas.ts';

/** Text that somebody sees: some of it visible; no control characters (PostgreSQL knows no NUL), no half characters. */
const visible = z.string().regex(/\S/u, 'must not be blank');
const oneLine = /^[^\p{Cc}\p{Cs}]*$/u;
const manyLines = /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u;
const rating = z.number().int().min(1).max(5);

export const reviewBodySchema = z.strictObject({
  rating,
  title: visible.min(1).max(120).regex(oneLine, 'must be one line without control characters'),
  text: visible.min(1).max(4000).regex(manyLines, 'must have no control characters'),
});

export const writtenReviewSchema = z.strictObject({ reviewId: z.uuid(), sku: skuSchema, rating });

export const reviewQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(10),
  /** The last review of the page before. */
  before: z.uuid().optional(),
});

export const reviewListSchema = z.strictObject({
  sku: skuSchema,
  /** Of all reviews of the product, not of this page. */
  count: z.number().int(),
  /** Of all ratings, two decimals; `null` where there is none. */
  average: z.number().nullable(),
  reviews: z.array(
    z.strictObject({
      reviewId: z.uuid(),
      rating,
      title: z.string(),
      text: z.string(),
      /** ISO 8601. */
      writtenAt: z.string(),
    }),
  ),
  /** Pass it as `before` for the next page; absent on the last. */
  next: z.uuid().optional(),
});
