/** What was heard of something that must not fall silent. */
export interface Heard {
  /** Since the epoch; `undefined`: nothing yet. */
  readonly lastMs: number | undefined;
  /** Since then, or since somebody first listened. */
  readonly silentMs: number;
}

export interface PulseOptions {
  /** When it was last heard, ms since the epoch. @throws when nobody answers: then it is silent since it was last heard. */
  readonly read: () => Promise<number | undefined>;
  readonly record: (heard: Heard) => void;
  /** Silent for longer than this, it is looked at each time, so that its return is known to the moment. */
  readonly patienceMs: number;
  /** Ms since the epoch. */
  readonly now?: () => number;
}

const everyMs = 5000;

/** Follows one thing that must not fall silent, and writes down when it was heard: every few seconds, and when it comes back. */
export class Pulse {
  readonly #options: PulseOptions;
  readonly #now: () => number;
  readonly #sinceMs: number;
  #lastMs: number | undefined;
  #recordedMs: number = Number.NEGATIVE_INFINITY;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#sinceMs = this.#now();
  }

  /** To be called often. @param last in any case, and written down. @throws what `read` throws, after it is written down. */
  async look(last = false): Promise<void> {
    const { read, record, patienceMs } = this.#options;
    const due = last || this.#now() - this.#recordedMs >= everyMs;
    if (!due && this.#silentMs() <= patienceMs) return;
    const before = this.#lastMs;
    try {
      this.#lastMs = await read();
    } finally {
      if (due || this.#lastMs !== before) {
        this.#recordedMs = this.#now();
        record({ lastMs: this.#lastMs, silentMs: this.#silentMs() });
      }
    }
  }

  #silentMs(): number {
    return Math.max(0, this.#now() - (this.#lastMs ?? this.#sinceMs));
  }
}
