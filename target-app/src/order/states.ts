/** What an order can be. */
export const orderStatuses = [
  'held',
  'paid',
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
 *            ┌─ declined            the card was refused
 *            ├─ expired             the hold ran out, by database time
 *  · ─ held ─┼─ voided              cancelled, or abandoned before money moved
 *            └─ paid ─ refunding ─ refunded
 * ```
 */
export const orderStates = {
  initial: ['held'],
  next: {
    held: ['paid', 'declined', 'expired', 'voided'],
    paid: ['refunding'],
    refunding: ['refunded'],
    declined: [],
    expired: [],
    voided: [],
    refunded: [],
  },
  terminal: ['paid', 'declined', 'expired', 'voided', 'refunded'],
  paid: ['paid'],
} as const satisfies {
  readonly initial: readonly OrderStatus[];
  readonly next: Readonly<Record<OrderStatus, readonly OrderStatus[]>>;
  readonly terminal: readonly OrderStatus[];
  readonly paid: readonly OrderStatus[];
};
