import type { ReadRouter } from '../data/reads/read-router.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import { orderParamsSchema } from '../order/order-schemas.ts';
import { invoiceSchema } from './invoice-schemas.ts';
import { readInvoice } from './read-invoice.ts';

export function invoiceEndpoints(reads: ReadRouter): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/orders/{id}/invoice',
      operation: 'invoice',
      summary:
        'The invoice of an order that was paid, with its credit notes. Issued a moment after the payment.',
      params: orderParamsSchema,
      needs: { customer: true, key: false },
      answers: { 200: invoiceSchema },
      problems: ['order-not-found', 'order-not-invoiced', 'invoice-pending'],
      handle: async ({ params, customer, deadline }) => {
        const { value: found, headers } = await reads.read('invoice', deadline, (queries) =>
          readInvoice(queries, customer, params.id),
        );
        if (found === undefined) throw new Problem('order-not-found');
        if (found.kind === 'none') throw new Problem(found.code);
        return { status: 200, body: found.invoice, headers };
      },
    }),
  ];
}
