import type { CaptureRequest } from '../payment/payment-client.ts';
import type { OrderStatus } from './states.ts';

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

export interface PricedLine extends Line {
  readonly unitCents: number;
}

/** An order as checkout's steps hand it on. */
export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly status: OrderStatus;
  readonly totalCents: number;
  readonly lines: readonly PricedLine[];
}

/** What is needed to charge, void or refund an order: both keys are in the database before the provider hears of them. */
export interface OrderPayment {
  readonly orderId: string;
  readonly captureKey: string;
  readonly refundKey: string;
  readonly token: string;
  readonly cents: number;
}

/** What the provider is asked for, however often. */
export function captureOf({ captureKey, orderId, cents, token }: OrderPayment): CaptureRequest {
  return { key: captureKey, orderId, cents, token };
}

export function totalOf(lines: readonly PricedLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.unitCents, 0);
}

/** Lines in the order in which their stock is locked; all transactions use the same one, so none waits in a circle. */
export function inLockOrder<L extends Line>(lines: readonly L[]): readonly L[] {
  return lines.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
}
