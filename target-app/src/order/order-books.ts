import type { Queries } from '../data/database.ts';
import type { Order, OrderPayment } from './order.ts';
import type { OrderStatus } from './states.ts';

export interface NewOrder {
  readonly order: Order;
  readonly key: string;
  readonly payment: OrderPayment;
  /** How long the stock is held for it, by database time. */
  readonly holdMs: number;
}

/** Orders, their history and their events, in the transaction that the caller has open. */
export interface OrderBooks {
  /** Order, lines, payment keys, first transition and first event. */
  insert(queries: Queries, order: NewOrder): Promise<void>;
  /**
   * Compare-and-set of the status, with the transition and the event that belong to it.
   * @returns false when the order is no longer in `from`: somebody else moved it, and nothing is written.
   */
  move(queries: Queries, orderId: string, from: OrderStatus, to: OrderStatus): Promise<boolean>;
  /** @param lock also keep others from moving it until the transaction ends. */
  load(
    queries: Queries,
    orderId: string,
    lock?: 'lock',
  ): Promise<(Order & { readonly key: string }) | undefined>;
  payment(queries: Queries, orderId: string): Promise<OrderPayment>;
  /** The order was given up: whatever the provider took or will take must go back. */
  setVoidDue(queries: Queries, orderId: string): Promise<void>;
  setVoided(queries: Queries, orderId: string): Promise<void>;
  setRefunded(queries: Queries, orderId: string): Promise<void>;
}
