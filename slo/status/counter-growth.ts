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
  #made = 0;
  readonly #syntheticUntilSeconds: number;

  /** What was made up (history) ends here. */
  constructor(syntheticUntilSeconds: number) {
    this.#syntheticUntilSeconds = syntheticUntilSeconds;
  }

  /** The first sample ever is where counting begins. */
  add(samples: readonly CounterSample[]): void {
    for (const { seconds, value } of samples) {
      if (this.#last !== undefined) {
        const grown = value < this.#last ? value : value - this.#last;
        this.#total += grown;
        if (seconds <= this.#syntheticUntilSeconds) this.#made += grown;
      }
      this.#last = value;
    }
  }

  get total(): number {
    return this.#total;
  }

  /** Of the total, what the lab was loaded with and nobody ever sent. */
  get synthetic(): number {
    return this.#made;
  }
}
