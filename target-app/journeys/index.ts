import type { Journey } from './journey.ts';
import { browse, orderStatus, product, search } from './read-journeys.ts';
import { cancel, cart, checkout } from './write-journeys.ts';

export { orderStates } from '../src/order/states.ts';
export type { Journey, JourneyContext, JourneyRequest } from './journey.ts';

/** The mix of level 1: two in three only look. */
export const journeys: readonly Journey[] = [browse, search, product, cart, checkout, orderStatus, cancel];
