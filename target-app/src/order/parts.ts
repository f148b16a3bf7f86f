import type { Database } from '../data/database.ts';
import type { PaymentClient } from '../payment/payment-client.ts';
import type { ReturnBooks } from '../return/return-books.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { ShopMetrics } from '../telemetry/shop-metrics.ts';
import type { KeyBooks } from './keys.ts';
import type { OrderBooks } from './order-books.ts';
import type { StockBooks } from './stock.ts';

/**
 * The moments between which a crash must do no harm, in the order in which a checkout, a cancellation, a return, a checkout
 * that is paid later pass them.
 */
export const steps = [
  'reserve-before-commit',
  'reserved',
  'captured',
  'confirm-before-commit',
  'confirmed',
  'cancel-before-commit',
  'refund-begun',
  'refund-taken',
  'refund-before-commit',
  'refunded',
  'return-before-commit',
  'return-begun',
  'return-refunded',
  'return-complete-before-commit',
  'returned',
  'accept-before-commit',
  'accepted',
  'late-captured',
] as const;
export type Step = (typeof steps)[number];

/** What the order's use cases are made of. Tests of broken shops replace single parts. */
export interface OrderParts {
  readonly database: Database;
  readonly keys: KeyBooks;
  readonly stock: StockBooks;
  readonly orders: OrderBooks;
  readonly returns: ReturnBooks;
  readonly payment: PaymentClient;
  readonly metrics: ShopMetrics;
  readonly logger: Logger;
  /** The stock hold of a new order, milliseconds of database time. */
  readonly holdMs: number;
  /** Whether checkouts are accepted now and paid later, as an operator has it: looked at by each one. */
  captureLater(): boolean;
  /** Called at each step; nothing happens here but in tests, which kill the process. */
  reached(step: Step): void;
}
