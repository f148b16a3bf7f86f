import { z } from 'zod';
import { skuSchema } from '../catalogue/catalogue-schemas.ts';
import type { ReadRouter } from '../data/reads/read-router.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import { listReviews } from './list-reviews.ts';
import {
  reviewBodySchema,
  reviewListSchema,
  reviewQuerySchema,
  writtenReviewSchema,
} from './review-schemas.ts';
import type { WriteReview } from './write-review.ts';

export interface ReviewServices {
  readonly reads: ReadRouter;
  readonly writeReview: WriteReview;
}

const path = '/products/{sku}/reviews';
const params = z.strictObject({ sku: skuSchema });

export function reviewEndpoints(services: ReviewServices): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path,
      operation: 'reviews',
      summary: 'What buyers say about a product, newest first, and the average of all ratings.',
      params,
      query: reviewQuerySchema,
      needs: { customer: false, key: false },
      answers: { 200: reviewListSchema },
      problems: ['product-not-found'],
      handle: async ({ params: { sku }, query, deadline }) => {
        const { value: list, headers } = await services.reads.read('reviews', deadline, (queries) =>
          listReviews(queries, sku, query),
        );
        if (list === undefined) throw new Problem('product-not-found');
        return { status: 200, body: list, headers };
      },
    }),
    endpoint({
      method: 'post',
      path,
      operation: 'review',
      summary: 'Review a product that one has bought, once. Safe to repeat with the same key.',
      params,
      body: reviewBodySchema,
      needs: { customer: true, key: true },
      answers: { 201: writtenReviewSchema },
      problems: [
        'not-a-buyer',
        'product-not-found',
        'already-reviewed',
        'idempotency-key-in-flight',
        'idempotency-key-reused',
      ],
      handle: ({ params: { sku }, body, customer, key, deadline }) =>
        services.writeReview({ customer, key, sku, review: body }, deadline),
    }),
  ];
}
