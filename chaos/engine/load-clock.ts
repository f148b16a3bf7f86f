import { setTimeout as sleep } from 'node:timers/promises';
import type { Stop } from './stop.ts';
import { unlessStopped } from './unless-stopped.ts';

/** The clock of a plan: its times count from the start of the load. */
export class LoadClock {
  readonly #stop: Stop;
  readonly #zero: number;

  /** @param startedAtMs when the load client began, since the epoch. */
  constructor(startedAtMs: number, stop: Stop) {
    this.#stop = stop;
    this.#zero = performance.now() - (Date.now() - startedAtMs);
  }

  /** Milliseconds since the start of the load, on the monotonic clock. */
  offset(): number {
    return performance.now() - this.#zero;
  }

  /**
   * @param enough ends the wait before its time.
   * @throws at once when the run is stopped.
   */
  async until(offsetMs: number, enough?: AbortSignal): Promise<void> {
    const waitMs = Math.max(0, offsetMs - this.offset());
    const ends = [this.#stop.signal, ...(enough === undefined ? [] : [enough])];
    const wait = sleep(waitMs, undefined, { signal: AbortSignal.any(ends) }).catch((error: unknown) => {
      if (enough?.aborted !== true) throw error;
    });
    await unlessStopped(this.#stop, wait);
  }
}
