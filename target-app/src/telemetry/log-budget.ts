/** Lines that one cause may write in a second. */
const linesPerSecond = 20;

/**
 * Limits the log lines of a cause that comes in masses: under overload, writing about those who were turned away must
 * not cost more than serving the others.
 */
export class LogBudget {
  readonly #now: () => number;
  readonly #spent = new Map<string, { second: number; lines: number; left: number }>();

  /** @param now milliseconds, monotonic. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @returns whether the line may be written, and how many of its cause were left out since the last one that was. */
  take(cause: string): { readonly write: boolean; readonly leftOut: number } {
    const second = Math.floor(this.#now() / 1000);
    const spent = this.#spent.get(cause) ?? { second, lines: 0, left: 0 };
    const lines = spent.second === second ? spent.lines : 0;
    if (lines >= linesPerSecond) {
      this.#spent.set(cause, { second, lines, left: spent.left + 1 });
      return { write: false, leftOut: 0 };
    }
    this.#spent.set(cause, { second, lines: lines + 1, left: 0 });
    return { write: true, leftOut: spent.left };
  }
}
