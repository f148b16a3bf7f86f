import type { SloEvent } from './slo-event.ts';

/** The error ratio of the events in (t − window, t], asked at moments that never go back. */
export class SlidingRatio {
  readonly #events: readonly SloEvent[];
  readonly #windowMs: number;
  readonly #historyPerMs: number;
  readonly #historyToMs: number;
  #entered = 0;
  #left = 0;
  #good = 0;
  #bad = 0;

  /** `events` ascending; up to `historyToMs`, and at most to the first, there were `historyPerSecond` good ones. */
  constructor(
    events: readonly SloEvent[],
    windowMs: number,
    historyPerSecond: number,
    historyToMs = Number.POSITIVE_INFINITY,
  ) {
    this.#events = events;
    this.#windowMs = windowMs;
    this.#historyPerMs = historyPerSecond / 1000;
    this.#historyToMs = Math.min(historyToMs, events[0]?.timeMs ?? historyToMs);
  }

  /** 0 when the window is empty: nobody asked, nobody was hurt. */
  at(atMs: number): number {
    for (; this.#entered < this.#events.length; this.#entered++) {
      const event = this.#events[this.#entered]!;
      if (event.timeMs > atMs) break;
      if (event.outcome === 'bad') this.#bad++;
      else this.#good++;
    }
    const startMs = atMs - this.#windowMs;
    for (; this.#left < this.#entered; this.#left++) {
      const event = this.#events[this.#left]!;
      if (event.timeMs > startMs) break;
      if (event.outcome === 'bad') this.#bad--;
      else this.#good--;
    }
    const history = Math.max(0, Math.min(atMs, this.#historyToMs) - startMs) * this.#historyPerMs;
    const total = this.#good + this.#bad + history;
    return total === 0 ? 0 : this.#bad / total;
  }
}
