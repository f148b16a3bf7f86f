import { integerBelow } from './choose.ts';
import type { Acknowledged } from './journey.ts';

/** An order that was acknowledged in this run. */
export interface Bought {
  readonly orderId: string;
  readonly customer: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** The orders that acknowledged checkouts answered with, newest last. */
export function boughtBy(acknowledged: readonly Acknowledged[]): readonly Bought[] {
  return acknowledged.flatMap(({ operation, customer, response }) => {
    if (operation !== 'checkout' || !isOrder(response)) return [];
    return [{ orderId: response.orderId, customer, lines: response.lines }];
  });
}

export function chooseBought(random: () => number, orders: readonly Bought[]): Bought | undefined {
  return orders[integerBelow(random, Math.max(1, orders.length))];
}

function isOrder(response: unknown): response is Pick<Bought, 'orderId' | 'lines'> {
  if (typeof response !== 'object' || response === null) return false;
  if (!('orderId' in response) || !('lines' in response)) return false;
  return typeof response.orderId === 'string' && Array.isArray(response.lines);
}
