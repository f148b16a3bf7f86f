/** What an order can be. */
export const orderStatuses = [
  'held',
  'accepted',
  'paid',
  'part_returned',
  'returned',
  'declined',
  'expired',
  'voided',
  'refunding',
  'refunded',
] as const;

export type OrderStatus = (typeof orderStatuses)[number];

/**
 * The order's state machine.
 *
 * ```
 *            ┌─ declined                the card was refused
 *            ├─ expired                 the hold ran out, by database time
 *  · ─ held ─┼─ voided                  cancelled, or abandoned before money moved
 *            ├─ paid ─┬─ refunding ─ refunded      cancelled
 *            │        ├─ part_returned ─┐ (again with each return of a part)
 *            │        └─────────────────┴─ returned
 *            └─ accepted ─ paid, declined, voided  it stands, and its money is taken later
 * ```
 */
export const orderStates = {
  initial: ['held'],
  next: {
    held: ['accepted', 'paid', 'declined', 'expired', 'voided'],
    accepted: ['paid', 'declined', 'voided'],
    paid: ['refunding', 'part_returned', 'returned'],
    part_returned: ['part_returned', 'returned'],
    refunding: ['refunded'],
    declined: [],
    expired: [],
    voided: [],
    refunded: [],
    returned: [],
  },
  terminal: ['paid', 'part_returned', 'returned', 'declined', 'expired', 'voided', 'refunded'],
  /** The money was taken; what came back since is in the order's returns. */
  paid: ['paid', 'part_returned', 'returned'],
  /** The customer was told that it stands: only the bank's refusal or the customer ends it without its money. */
  promised: ['accepted'],
} as const satisfies {
  readonly initial: readonly OrderStatus[];
  readonly next: Readonly<Record<OrderStatus, readonly OrderStatus[]>>;
  readonly terminal: readonly OrderStatus[];
  readonly paid: readonly OrderStatus[];
  readonly promised: readonly OrderStatus[];
};
