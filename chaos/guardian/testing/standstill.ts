const everyMs = 50;
/** A timer that is later than this was not late by its own process' work, ms. */
const noticedMs = 250;

/** For tests of what is promised within a time: a machine that stands still keeps no promise, and breaks none. */
export interface Standstill {
  /** Ends it. @returns for how long this process could not run, ms. */
  stop(): number;
}

export function watchStandstill(): Standstill {
  let stood = 0;
  let before = performance.now();
  const timer = setInterval(() => {
    const lateMs = performance.now() - before - everyMs;
    before = performance.now();
    if (lateMs > noticedMs) stood += lateMs;
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return stood;
    },
  };
}
