/** A scraped value. */
export interface CounterSample {
  readonly seconds: number;
  readonly value: number;
}

/**
 * How much a counter grew over samples that come in their order, a part at a time: plain differences, and after a reset
 * what it counted anew. Exact, where `increase()` extrapolates to the edges of its window.
 */
export class CounterGrowth {
  #last: number | undefined;
  #total = 0;
  #before = 0;
  readonly #untilSeconds: number;

  /** What it grew by up to here is told apart. */
  constructor(untilSeconds: number) {
    this.#untilSeconds = untilSeconds;
  }

  /** The first sample ever is where counting begins. */
  add(samples: readonly CounterSample[]): void {
    for (const { seconds, value } of samples) {
      if (this.#last !== undefined) {
        const grown = value < this.#last ? value : value - this.#last;
        this.#total += grown;
        if (seconds <= this.#untilSeconds) this.#before += grown;
      }
      this.#last = value;
    }
  }

  get total(): number {
    return this.#total;
  }

  /** Of the total, what came up to the given moment. */
  get before(): number {
    return this.#before;
  }
}
