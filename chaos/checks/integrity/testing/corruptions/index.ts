import type { Corruption } from './corruption.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { money } from './money.ts';
import { orders } from './orders.ts';
import { promotions } from './promotions.ts';
import { returns } from './returns.ts';
import { reviews } from './reviews.ts';
import { sessions } from './sessions.ts';
import { stock } from './stock.ts';

/** Every way to break a promise that an invariant must see. */
export const corruptions: readonly Corruption[] = [
  ...orders,
  ...keys,
  ...money,
  ...stock,
  ...history,
  ...returns,
  ...reviews,
  ...sessions,
  ...promotions,
];
