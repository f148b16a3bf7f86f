import type { Journey } from './journey.ts';
import {
  browse,
  feed,
  invoice,
  orderHistory,
  orderStatus,
  product,
  reviews,
  search,
} from './read-journeys.ts';
import { bringBack, cancel, cart, checkout, review } from './write-journeys.ts';

export { orderStates } from '../src/order/states.ts';
export type { Journey, JourneyContext, JourneyRequest } from './journey.ts';
export { session } from './session.ts';

/** The mix of every level: two in three only look, one in five buys. */
export const journeys: readonly Journey[] = [
  browse,
  search,
  product,
  cart,
  checkout,
  orderStatus,
  cancel,
  reviews,
  orderHistory,
  bringBack,
  invoice,
  feed,
  review,
];
