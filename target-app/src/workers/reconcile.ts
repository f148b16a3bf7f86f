import { orderStates } from '../order/states.ts';
import type { JournalEntry } from '../payment-provider/journal-lines.ts';
import type { MismatchKind } from '../telemetry/shop-metrics.ts';

/** What the provider's journal says about one order. */
export interface ProviderView {
  readonly captures: number;
  readonly capturedCents: number;
  readonly voidedCents: number;
  readonly refundedCents: number;
}

/** What the shop's database says about it. */
export interface ShopView {
  readonly status: string;
  readonly totalCents: number;
  /** Refunded by a cancellation or by returns. */
  readonly refundedCents: number;
  /** Goods are on their way back whose refund is not confirmed. */
  readonly returnPending: boolean;
  /** A void is due that the provider has not confirmed. */
  readonly voidPending: boolean;
}

const statesWithMoney: readonly string[] = orderStates.paid;
const onItsWay: readonly string[] = ['held', 'accepted', 'refunding'];

export const nothingTaken: ProviderView = { captures: 0, capturedCents: 0, voidedCents: 0, refundedCents: 0 };

/** Pure: takes a line of the journal into the order's sums. */
export function addLine(view: ProviderView, line: JournalEntry): ProviderView {
  if (line.result !== 'accepted') return view;
  if (line.operation === 'void') return { ...view, voidedCents: view.voidedCents + line.cents };
  if (line.operation === 'refund') return { ...view, refundedCents: view.refundedCents + line.cents };
  return { ...view, captures: view.captures + 1, capturedCents: view.capturedCents + line.cents };
}

/** Pure: the order's money that the provider holds. */
export function netOf(provider: ProviderView): number {
  return provider.capturedCents - provider.voidedCents - provider.refundedCents;
}

/**
 * Pure: how the two books disagree about an order, if they do. An order that is still on its way (held, to be paid later,
 * refunding, a void to be sent, goods that come back) disagrees with nobody.
 */
export function mismatchOf(shop: ShopView | undefined, provider: ProviderView): MismatchKind | undefined {
  const net = netOf(provider);
  if (provider.captures > 1) return 'captured_twice';
  if (shop === undefined) return net === 0 ? undefined : 'captured_without_paid_order';
  if (onItsWay.includes(shop.status)) return undefined;
  if (shop.voidPending || shop.returnPending) return undefined;
  if (statesWithMoney.includes(shop.status)) {
    const due = shop.totalCents - shop.refundedCents;
    if (provider.captures === 0 || (net === 0 && due > 0)) return 'paid_without_capture';
    if (provider.refundedCents !== shop.refundedCents) return 'refund_differs';
    return net === due ? undefined : 'amount_differs';
  }
  if (shop.status === 'refunded')
    return provider.refundedCents === shop.totalCents && net === 0 ? undefined : 'refund_differs';
  return net === 0 ? undefined : 'captured_without_paid_order';
}
