import { type Carrier, type Control, isAlive } from '@firedrill/lab/control';

/** Who they are is asked the whole process table: seldom. */
const lookEveryMs = 1000;

/**
 * Sees when one of the two processes dies that carry every edge and every node: more is broken then than any fault that is
 * meant. Not while a heal is under way, which may replace them.
 */
export class CarrierWatch {
  readonly #find: Control['carriers'];
  readonly #lives: (carrier: Carrier) => boolean;
  readonly #now: () => number;
  readonly #all: number;
  #known: readonly Carrier[] = [];
  #lookedAt: number = Number.NEGATIVE_INFINITY;
  #heals = 0;

  /** @param all how many there are: Toxiproxy and process-compose. */
  constructor(
    find: Control['carriers'],
    lives: (carrier: Carrier) => boolean = isAlive,
    now: () => number = () => performance.now(),
    all = 2,
  ) {
    this.#all = all;
    this.#find = find;
    this.#lives = lives;
    this.#now = now;
  }

  /** To be called often. @returns the name of one that died, once; `undefined` while they live, or did not come up yet. */
  look(): string | undefined {
    if (this.#heals > 0) return undefined;
    if (this.#known.length < this.#all && this.#now() - this.#lookedAt >= lookEveryMs) {
      this.#known = this.#find();
      this.#lookedAt = this.#now();
    }
    if (this.#known.length < this.#all) return undefined;
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
