import { setTimeout as pause } from 'node:timers/promises';

/** The first value of `look` that is not `undefined`; its last error or a time-out otherwise. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined>,
  withinMs = 60_000,
): Promise<T> {
  const until = performance.now() + withinMs;
  let last: unknown;
  while (performance.now() < until) {
    try {
      const value = await look();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    await pause(100);
  }
  throw new Error(`not within ${withinMs} ms: ${what}`, { cause: last });
}
