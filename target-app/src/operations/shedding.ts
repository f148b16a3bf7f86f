import { type Worth, worths } from './worth.ts';

/** Requests seen lately, by what they are worth. */
export type Mix = Readonly<Record<Worth, number>>;

/** Of the requests before the last one, what still counts: the last 200 or so make the mix. */
const memory = 0.995;

/**
 * Pure: the share of each worth's requests to turn away, so that together they are `share` of all: all of what is cheap before
 * any of what is dearer, and never who buys. Where those are most of the mix, less than `share` is shed.
 */
export function refusalsOf(share: number, mix: Mix): Mix {
  const all = worths.reduce((sum, worth) => sum + mix[worth], 0);
  let left = share * all;
  const take = (worth: Worth): number => {
    if (mix[worth] <= 0) return 0;
    const taken = Math.min(left, mix[worth]);
    left -= taken;
    return taken / mix[worth];
  };
  return { idle: take('idle'), looking: take('looking'), buying: 0 };
}

/** Decides request by request; of each worth every so-manieth is turned away, without luck. */
export class Shedding {
  #mix: Record<Worth, number> = { idle: 0, looking: 0, buying: 0 };
  readonly #owed: Record<Worth, number> = { idle: 0, looking: 0, buying: 0 };

  /** Takes the request into the mix. @returns whether it is to be turned away. */
  turnsAway(worth: Worth, share: number): boolean {
    for (const one of worths) this.#mix[one] *= memory;
    this.#mix[worth] += 1;
    if (share <= 0) return false;
    this.#owed[worth] += refusalsOf(share, this.#mix)[worth];
    if (this.#owed[worth] < 1) return false;
    this.#owed[worth] -= 1;
    return true;
  }
}
