import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../payment-provider/journal-lines.ts';
import { addLine, mismatchOf, nothingTaken, type ProviderView, type ShopView } from './reconcile.ts';

const shop = (status: string, more: Partial<ShopView> = {}): ShopView => ({
  status,
  totalCents: 500,
  refundedCents: 0,
  returnPending: false,
  voidPending: false,
  ...more,
});
const partly = shop('part_returned', { refundedCents: 200 });
const captured: ProviderView = { ...nothingTaken, captures: 1, capturedCents: 500 };

describe('the two books agree', () => {
  it.each([
    ['paid and captured', shop('paid'), captured],
    ['declined and nothing taken', shop('declined'), nothingTaken],
    ['expired and voided', shop('expired'), { ...captured, voidedCents: 500 }],
    ['refunded in full', shop('refunded'), { ...captured, refundedCents: 500 }],
    ['held, whatever the provider has', shop('held'), captured],
    ['accepted, paid or not yet', shop('accepted'), captured],
    ['accepted, and not asked for yet', shop('accepted'), nothingTaken],
    ['a void still to be sent', shop('voided', { voidPending: true }), captured],
    ['returned in part', partly, { ...captured, refundedCents: 200 }],
    ['returned', shop('returned', { refundedCents: 500 }), { ...captured, refundedCents: 500 }],
    ['a return on its way', shop('paid', { returnPending: true }), { ...captured, refundedCents: 200 }],
    ['a tombstone for nobody', undefined, nothingTaken],
  ])('%s', (_name, order, provider) => {
    expect(mismatchOf(order, provider)).toBeUndefined();
  });
});

describe('the two books disagree', () => {
  it.each([
    ['paid_without_capture', shop('paid'), nothingTaken],
    ['paid_without_capture', shop('paid'), { ...captured, voidedCents: 500 }],
    ['amount_differs', shop('paid'), { ...captured, capturedCents: 400 }],
    ['captured_twice', shop('paid'), { ...captured, captures: 2, capturedCents: 1000 }],
    ['captured_without_paid_order', shop('expired'), captured],
    ['captured_without_paid_order', undefined, captured],
    ['refund_differs', shop('refunded'), captured],
    ['refund_differs', partly, captured],
    ['refund_differs', partly, { ...captured, refundedCents: 300 }],
    ['refund_differs', shop('paid'), { ...captured, refundedCents: 200 }],
  ])('%s', (kind, order, provider) => {
    expect(mismatchOf(order, provider)).toBe(kind);
  });
});

it('sums only what was accepted', () => {
  const line = (operation: JournalEntry['operation'], result: JournalEntry['result'], cents: number) =>
    ({
      sequence: 1,
      at: '',
      operation,
      key: 'k',
      orderId: 'o',
      result,
      cents,
      requestedCents: cents,
    }) as const;
  const view = [
    line('capture', 'accepted', 500),
    line('refund', 'accepted', 200),
    line('capture', 'declined', 0),
  ];
  expect(view.reduce(addLine, nothingTaken)).toEqual({ ...captured, refundedCents: 200 });
});
