/** The share of requests that each operation of the shop makes; the journeys' weights must be these. Sums to 1. */
export const trafficShare: Readonly<Record<string, number>> = {
  browse: 0.24,
  search: 0.08,
  product: 0.16,
  cart: 0.09,
  checkout: 0.2,
  'order-status': 0.07,
  cancel: 0.02,
  reviews: 0.03,
  'order-history': 0.03,
  return: 0.03,
  invoice: 0.02,
  feed: 0.02,
  review: 0.01,
};

/** Requests per second that hit the given operations when the whole shop sees `rps`. */
export function operationRate(operations: readonly string[], rps: number): number {
  return operations.reduce((sum, operation) => sum + (trafficShare[operation] ?? 0), 0) * rps;
}
