import type {
  AuditEvent,
  AuditKey,
  AuditOrder,
  AuditProjection,
  AuditReturn,
  AuditTransition,
} from '../../target.ts';
import type { Attempt } from './attempt.ts';
import type { OrderRead } from './order-reads.ts';

// Ledger and books by key and by order. `booksOf` has each point at the other, so that no invariant looks anything up for a million
// orders again.

/** All attempts that one customer made under one idempotency key, and what the books hold under it. */
export interface KeyHistory {
  readonly customer: string;
  readonly key: string;
  /** Of the first attempt; the others must be the same. */
  readonly operation: string;
  /** Among all keys, from 0. */
  readonly place: number;
  /** The order that was to be cancelled, or of which goods were given back. */
  readonly changes: string | undefined;
  attempts: readonly Attempt[];
  /** The first acknowledged answer. */
  acknowledged: Attempt | undefined;
  /** The first definite no. */
  refused: Attempt | undefined;
  /** Some attempt may or may not have happened, and no later one with this key was told for certain. */
  unknown: boolean;
  /** Some attempt ended without an answer, whatever was learnt later. */
  everUnknown: boolean;
  /** Of the books. */
  orders: readonly KnownOrder[];
  rows: readonly AuditKey[];
}

/** What the payment provider did for one order, in cents. */
export interface Money {
  captures: number;
  capturedCents: number;
  /** Refunds and voids. */
  returnedCents: number;
  /** The bank refused to pay. */
  declined: boolean;
  /** What was given back, and when the first capture was, by the provider's clock: ISO 8601. */
  givenBack: readonly { readonly cents: number; readonly at: string }[];
  capturedAt: string | undefined;
}

/** All that the books hold of one order id, and what clients asked about it. */
export interface OrderBooks {
  readonly id: string;
  /** Of its row among the orders, from 0; -1 without. */
  readonly place: number;
  /** Absent where the rest tells of an order that has no row. */
  order: AuditOrder | undefined;
  /** The ledger's checkout with its customer and key. */
  bought: KeyHistory | undefined;
  /** The ledger's first checkout whose answer named this order. */
  told: KeyHistory | undefined;
  /** Keys under which it was to be cancelled, or goods of it given back. */
  cancels: readonly KeyHistory[];
  asksBack: readonly KeyHistory[];
  /** What customers were shown of it, in the order in which they asked. */
  reads: readonly OrderRead[];
  /** By sequence. */
  transitions: readonly AuditTransition[];
  events: readonly AuditEvent[];
  projection: readonly AuditProjection[];
  returns: readonly AuditReturn[];
  /** Also of orders that the database does not know. */
  money: Money | undefined;
}

/** With a row of its own. */
export type KnownOrder = OrderBooks & { order: AuditOrder };
