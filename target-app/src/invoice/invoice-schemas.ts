import { z } from 'zod';
import { skuSchema } from '../catalogue/catalogue-schemas.ts';

const cents = z.number().int();

const invoiceLineSchema = z.strictObject({
  sku: skuSchema,
  name: z.string(),
  quantity: z.number().int(),
  unitCents: cents,
  lineCents: cents,
});

/** Invoices and credit notes share one series of numbers. */
const number = z.number().int();

export const invoiceSchema = z.strictObject({
  number,
  orderId: z.uuid(),
  /** ISO 8601. */
  issuedAt: z.string(),
  lines: z.array(invoiceLineSchema),
  /** What was paid. Prices are final: the shop knows no tax. */
  totalCents: cents,
  creditNotes: z.array(
    z.strictObject({
      number,
      issuedAt: z.string(),
      reason: z.enum(['return', 'cancellation']),
      lines: z.array(invoiceLineSchema),
      totalCents: cents,
    }),
  ),
  /** The total less all credit notes. */
  balanceCents: cents,
});

export type Invoice = z.output<typeof invoiceSchema>;
export type InvoiceLine = z.output<typeof invoiceLineSchema>;
