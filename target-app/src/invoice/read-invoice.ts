import type { Queries } from '../data/database.ts';
import type { OrderStatus } from '../order/states.ts';
import type { Invoice, InvoiceLine } from './invoice-schemas.ts';

const lineJson = `json_build_object(
  'sku', line.sku, 'name', product.name, 'quantity', line.quantity, 'unitCents', line.unit_cents,
  'lineCents', line.quantity * line.unit_cents)`;

const orderSql = `
  SELECT o.status, json_agg(${lineJson} ORDER BY line.sku) AS lines
    FROM customer_order o JOIN order_line line ON line.order_id = o.id JOIN product ON product.sku = line.sku
   WHERE o.id = $1 AND o.customer = $2 GROUP BY o.id, o.status`;

const documentsSql = `
  SELECT invoice.number, invoice.kind, invoice.issued_at AS "issuedAt",
         (SELECT json_agg(${lineJson} ORDER BY line.sku)
            FROM order_return goods JOIN order_return_line line ON line.return_id = goods.id
            JOIN product ON product.sku = line.sku
           WHERE goods.order_id = invoice.order_id AND goods.sequence = invoice.sequence) AS returned
    FROM invoice WHERE invoice.order_id = $1 ORDER BY invoice.number`;

interface InvoicedOrder {
  readonly status: OrderStatus;
  readonly lines: InvoiceLine[];
}

interface Document {
  readonly number: number;
  readonly kind: 'invoice' | 'credit_note';
  readonly issuedAt: Date;
  /** The lines of the return that a credit note is for; a cancellation has none. */
  readonly returned: InvoiceLine[] | null;
}

const neverPaid: ReadonlySet<OrderStatus> = new Set(['held', 'accepted', 'declined', 'expired', 'voided']);

export type FoundInvoice =
  | { readonly kind: 'invoice'; readonly invoice: Invoice }
  /** Nothing was paid; or the order's events are not delivered yet. */
  | { readonly kind: 'none'; readonly code: 'order-not-invoiced' | 'invoice-pending' };

/** The invoice of an order with its credit notes. @returns `undefined` where this customer has no such order. */
export async function readInvoice(
  queries: Queries,
  customer: string,
  orderId: string,
): Promise<FoundInvoice | undefined> {
  const [order] = await queries.rows<InvoicedOrder & Record<string, unknown>>(orderSql, [orderId, customer]);
  if (order === undefined) return undefined;
  if (neverPaid.has(order.status)) return { kind: 'none', code: 'order-not-invoiced' };
  const documents = await queries.rows<Document & Record<string, unknown>>(documentsSql, [orderId]);
  const issued = documents.find((document) => document.kind === 'invoice');
  if (issued === undefined) return { kind: 'none', code: 'invoice-pending' };
  const creditNotes = documents
    .filter((document) => document.kind === 'credit_note')
    .map((document) => creditNote(document, order));
  const totalCents = sumOf(order.lines);
  const invoice = {
    number: issued.number,
    orderId,
    issuedAt: issued.issuedAt.toISOString(),
    lines: order.lines,
    totalCents,
    creditNotes,
    balanceCents: totalCents - creditNotes.reduce((sum, note) => sum + note.totalCents, 0),
  };
  return { kind: 'invoice', invoice };
}

function creditNote(document: Document, order: InvoicedOrder): Invoice['creditNotes'][number] {
  const lines = document.returned ?? order.lines;
  return {
    number: document.number,
    issuedAt: document.issuedAt.toISOString(),
    reason: document.returned === null ? 'cancellation' : 'return',
    lines,
    totalCents: sumOf(lines),
  };
}

function sumOf(lines: readonly InvoiceLine[]): number {
  return lines.reduce((sum, line) => sum + line.lineCents, 0);
}
