import type { Arrival } from './schedule.ts';

export interface OpenLoop {
  /** No arrival after this call. */
  stop(): void;
}

/** A longer wait, or an endless one, would be none at all to a timer. */
const longestWaitMs = 2 ** 31 - 1;

/**
 * Calls `arrive` for each arrival at its time, whatever became of those before: a slow service does not slow its users down.
 * After a pause of this process it calls all that it missed at once; their due times stay, so the wait counts as latency.
 */
export function runOpenLoop(
  arrivals: Iterator<Arrival, never>,
  /** `performance.now()` of offset 0. */
  startMs: number,
  arrive: (arrival: Arrival, dueMs: number) => void,
): OpenLoop {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let next = arrivals.next().value;
  const pump = (): void => {
    for (;;) {
      if (stopped) return;
      const dueMs = startMs + next.offsetMs;
      const waitMs = dueMs - performance.now();
      if (waitMs > 0) {
        // Timers count whole milliseconds: rounded up, one wake-up suffices.
        timer = setTimeout(pump, Math.min(Math.ceil(waitMs), longestWaitMs));
        return;
      }
      arrive(next, dueMs);
      next = arrivals.next().value;
    }
  };
  pump();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
