import type { Queries } from '../data/database.ts';
import type { OrderStatus } from '../order/states.ts';

/** An event of an order, as the relay delivers it. */
export interface DeliveredEvent {
  readonly orderId: string;
  readonly sequence: number;
  readonly payload: { readonly status: string };
}

/** What each step of an order is to the books; the others move no money. */
const kinds: Readonly<Partial<Record<OrderStatus, 'invoice' | 'credit_note'>>> = {
  paid: 'invoice',
  refunded: 'credit_note',
  part_returned: 'credit_note',
  returned: 'credit_note',
};

/** The counter's row is locked until the transaction ends, so a number is there for good or was never given. */
const issueSql = `
  WITH due AS (
    SELECT event.order_id, event.sequence, event.kind, row_number() OVER (ORDER BY event.position) AS place
      FROM unnest($1::uuid[], $2::integer[], $3::text[]) WITH ORDINALITY AS event (order_id, sequence, kind, position)
     WHERE NOT EXISTS (
       SELECT FROM invoice WHERE invoice.order_id = event.order_id AND invoice.sequence = event.sequence)
  ), counter AS (
    UPDATE invoice_counter SET last_number = last_number + (SELECT count(*) FROM due)
     WHERE EXISTS (SELECT FROM due) RETURNING last_number
  )
  INSERT INTO invoice (number, order_id, sequence, kind)
  SELECT counter.last_number - (SELECT count(*) FROM due) + due.place, due.order_id, due.sequence, due.kind
    FROM due, counter`;

/**
 * Numbers the invoices and credit notes of these events, without gaps, in the order in which they come. It belongs into the
 * transaction that delivers the events, and not into checkout: there one row would keep all buyers waiting for one another.
 */
export async function issueInvoices(queries: Queries, events: readonly DeliveredEvent[]): Promise<void> {
  const due = events.flatMap(({ orderId, sequence, payload }) => {
    const kind = kinds[payload.status as OrderStatus];
    return kind === undefined ? [] : [{ orderId, sequence, kind }];
  });
  if (due.length === 0) return;
  await queries.rows(issueSql, [
    due.map((event) => event.orderId),
    due.map((event) => event.sequence),
    due.map((event) => event.kind),
  ]);
}
