import { z } from 'zod';
import type { ReadRouter } from '../data/reads/read-router.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import { findProduct, listProducts } from './catalogue.ts';
import { listQuerySchema, productDetailSchema, productListSchema, skuSchema } from './catalogue-schemas.ts';

const needs = { customer: false, key: false } as const;

export function catalogueEndpoints(reads: ReadRouter): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/products',
      operation: 'browse',
      summary: 'Browse the catalogue page by page, or search it with q.',
      query: listQuerySchema,
      needs,
      answers: { 200: productListSchema },
      problems: [],
      handle: async ({ query, deadline }) => {
        const { value, headers } = await reads.read('browse', deadline, (queries) =>
          listProducts(queries, query),
        );
        return { status: 200, body: value, headers };
      },
    }),
    endpoint({
      method: 'get',
      path: '/products/{sku}',
      operation: 'product',
      summary: 'One product with what is available of it.',
      params: z.strictObject({ sku: skuSchema }),
      needs,
      answers: { 200: productDetailSchema },
      problems: ['product-not-found'],
      handle: async ({ params, deadline }) => {
        const { value, headers } = await reads.read('product', deadline, (queries) =>
          findProduct(queries, params.sku),
        );
        if (value === undefined) throw new Problem('product-not-found');
        return { status: 200, body: value, headers };
      },
    }),
  ];
}
