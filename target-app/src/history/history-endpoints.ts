import type { ReadRouter } from '../data/reads/read-router.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { historyQuerySchema, historySchema } from './history-schemas.ts';
import { orderHistory } from './order-history.ts';

export function historyEndpoints(reads: ReadRouter): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/orders/history',
      operation: 'order-history',
      summary: "The customer's orders with lines, refunds, returns and own ratings, newest first.",
      query: historyQuerySchema,
      needs: { customer: true, key: false },
      answers: { 200: historySchema },
      problems: [],
      handle: async ({ customer, query, deadline }) => {
        const { value, headers } = await reads.read('order-history', deadline, (queries) =>
          orderHistory(queries, customer, query),
        );
        return { status: 200, body: value, headers };
      },
    }),
  ];
}
