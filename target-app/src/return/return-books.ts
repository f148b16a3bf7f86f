import type { Queries } from '../data/database.ts';
import type { PricedLine } from '../order/order.ts';

/** Goods that come back from one order, under one key. */
export interface GoodsReturn {
  readonly id: string;
  readonly orderId: string;
  readonly key: string;
  /** The provider's key for its refund; it follows from order and key, so that even a return that was lost is refunded once. */
  readonly refundKey: string;
  readonly status: 'refunding' | 'refunded';
  readonly cents: number;
  readonly lines: readonly PricedLine[];
}

/** Units of one article that came back from an order. */
export interface UnitsBack {
  /** In any return, whatever became of its refund. */
  readonly taken: number;
  /** In returns whose money went back. */
  readonly refunded: number;
}

/**
 * Returns, in the transaction that the caller has open. Each call is a statement of its own: after a wait for the order's
 * row lock it sees what the others wrote, which a subquery of the waiting statement would not.
 */
export interface ReturnBooks {
  insert(queries: Queries, goods: GoodsReturn): Promise<void>;
  load(queries: Queries, id: string): Promise<GoodsReturn | undefined>;
  /** The return that an order's customer began under this key. */
  find(queries: Queries, orderId: string, key: string): Promise<GoodsReturn | undefined>;
  /** By SKU; articles of which nothing came back are left out. */
  unitsBack(queries: Queries, orderId: string): Promise<ReadonlyMap<string, UnitsBack>>;
  /**
   * `refunding → refunded`, and the order's refunded money. Its transition is to be the order's next one.
   * @returns false when somebody else did it first.
   */
  complete(queries: Queries, goods: GoodsReturn): Promise<boolean>;
}
