import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tries until it does not throw. @returns its value.
 * @throws the last error with what was waited for, when the time is up.
 */
export async function eventually<T>(
  attempt: () => Promise<T> | T,
  what: string,
  withinMs = 60_000,
): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > until) throw new Error(`waited ${withinMs} ms for ${what}`, { cause: error });
      await sleep(25);
    }
  }
}
