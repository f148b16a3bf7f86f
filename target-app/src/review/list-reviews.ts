import type { z } from 'zod';
import type { Queries } from '../data/database.ts';
import { isoTime } from '../data/iso-time.ts';
import { greatestUuid, pageOf } from '../http/page.ts';
import type { reviewListSchema, reviewQuerySchema } from './review-schemas.ts';

type ReviewList = z.output<typeof reviewListSchema>;

/** Page and average in one statement: they belong to the same moment. */
const listSql = `
  SELECT product.sku, of_all.count, of_all.average, page.reviews
    FROM product
   CROSS JOIN LATERAL (
     SELECT count(*)::integer AS count, round(avg(rating), 2)::float8 AS average FROM review WHERE sku = product.sku
   ) of_all
   CROSS JOIN LATERAL (
     SELECT coalesce(json_agg(json_build_object(
              'reviewId', id, 'rating', rating, 'title', title, 'text', text, 'writtenAt', ${isoTime('created_at')}
            ) ORDER BY id DESC), '[]') AS reviews
       FROM (SELECT * FROM review WHERE sku = product.sku AND id < $2 ORDER BY id DESC LIMIT $3) newest
   ) page
   WHERE product.sku = $1`;

/** Newest first. @returns `undefined` for a product that is not there. */
export async function listReviews(
  queries: Queries,
  sku: string,
  query: z.output<typeof reviewQuerySchema>,
): Promise<ReviewList | undefined> {
  const [row] = await queries.rows<ReviewList>(listSql, [sku, query.before ?? greatestUuid, query.limit + 1]);
  if (row === undefined) return undefined;
  const { page, last } = pageOf(row.reviews, query.limit);
  return { ...row, reviews: [...page], ...(last === undefined ? {} : { next: last.reviewId }) };
}
