import { type Carrier, type Control, isAlive } from '@firedrill/lab/control';

/** Who they are is asked the whole process table: seldom. */
const lookEveryMs = 1000;
/** Toxiproxy and process-compose. */
const all = 2;

/**
 * Sees when one of the two processes dies that carry every edge and every node: more is broken then than any fault that is
 * meant. Not while a heal is under way, which may replace them.
 */
export class CarrierWatch {
  readonly #find: Control['carriers'];
  readonly #lives: (carrier: Carrier) => boolean;
  readonly #now: () => number;
  #known: readonly Carrier[] = [];
  #lookedAt: number = Number.NEGATIVE_INFINITY;
  #heals = 0;

  constructor(
    find: Control['carriers'],
    lives: (carrier: Carrier) => boolean = isAlive,
    now: () => number = () => performance.now(),
  ) {
    this.#find = find;
    this.#lives = lives;
    this.#now = now;
  }

  /** To be called often. @returns the name of one that died, once; `undefined` while they live, or did not come up yet. */
  look(): string | undefined {
    if (this.#heals > 0) return undefined;
    if (this.#known.length < all && this.#now() - this.#lookedAt >= lookEveryMs) {
      this.#known = this.#find();
      this.#lookedAt = this.#now();
    }
    if (this.#known.length < all) return undefined;
    const dead = this.#known.find((carrier) => !this.#lives(carrier));
    if (dead !== undefined) this.#forget();
    return dead?.name;
  }

  /** They may be others afterwards. */
  async heal<T>(work: () => Promise<T>): Promise<T> {
    this.#heals += 1;
    try {
      return await work();
    } finally {
      this.#heals -= 1;
      this.#forget();
    }
  }

  #forget(): void {
    this.#known = [];
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }
}
