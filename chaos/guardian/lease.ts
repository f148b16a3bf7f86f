/** A promise to say again, in time, that one is still there. Monotonic: a changed wall clock changes nothing. */
export class Lease {
  readonly #termMs: number;
  readonly #now: () => number;
  #until: number;

  constructor(termMs: number, now: () => number = () => performance.now()) {
    this.#termMs = termMs;
    this.#now = now;
    this.#until = now() + termMs;
  }

  renew(): void {
    this.#until = this.#now() + this.#termMs;
  }

  /** For so long nobody could be heard: it runs out as much later, and not later than one that is renewed now. */
  extend(ms: number): void {
    this.#until = Math.min(this.#until + ms, this.#now() + this.#termMs);
  }

  get expired(): boolean {
    return this.overdueMs > 0;
  }

  /** How long it has been expired; 0 or less while it holds. */
  get overdueMs(): number {
    return this.#now() - this.#until;
  }
}
