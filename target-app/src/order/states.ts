/** What an order can be. */
export const orderStatuses = [
  'held',
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
 *            └─ paid ─┬─ refunding ─ refunded      cancelled
 *                     ├─ part_returned ─┐ (again with each return of a part)
 *                     └─────────────────┴─ returned
 * ```
 */
export const orderStates = {
  initial: ['held'],
  next: {
    held: ['paid', 'declined', 'expired', 'voided'],
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
} as const satisfies {
  readonly initial: readonly OrderStatus[];
  readonly next: Readonly<Record<OrderStatus, readonly OrderStatus[]>>;
  readonly terminal: readonly OrderStatus[];
  readonly paid: readonly OrderStatus[];
};
