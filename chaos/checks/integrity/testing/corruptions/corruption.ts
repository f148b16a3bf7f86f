import type { ModelCheckout, ModelRun } from '../model-shop.ts';

/** One way to break one promise, in a run whose last checkout is `victim`. */
export interface Corruption {
  readonly name: string;
  /** The invariants that must see it, each. */
  readonly caughtBy: readonly number[];
  readonly victim: ModelCheckout;
  /** The other orders are neither lost by a promotion nor read from a replica. */
  readonly othersAsAtLevel1?: true;
  /** `id`: the victim's order. */
  spoil(run: ModelRun, id: string): void;
}
