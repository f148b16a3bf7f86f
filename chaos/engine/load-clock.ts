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

  /** @throws at once when the run is stopped. */
  async until(offsetMs: number): Promise<void> {
    const waitMs = Math.max(0, offsetMs - this.offset());
    await unlessStopped(this.#stop, sleep(waitMs, undefined, { signal: this.#stop.signal }));
  }
}
