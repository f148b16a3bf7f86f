import type { NewOrder } from '../../src/order/order-books.ts';

/** An order of one article as checkout writes it first. */
export function heldOrder(id: string, customer = 'c-1'): NewOrder {
  const lines = [{ sku: 'SKU-0001', quantity: 1, unitCents: 500 }];
  return {
    order: { id, customer, status: 'held', totalCents: 500, lines },
    key: `key-${id}`,
    payment: {
      orderId: id,
      captureKey: `capture-${id}`,
      refundKey: `refund-${id}`,
      token: 'tok_ok',
      cents: 500,
    },
    holdMs: 60_000,
  };
}
