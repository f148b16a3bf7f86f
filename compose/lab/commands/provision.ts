import { provisionWithProgress } from '@firedrill/provision';
import { levelByNumber } from '@firedrill/topology';
import { componentsOf } from '../wiring/wire-level.ts';

/** What a level runs, and Sloth, which makes its rules. Starts nothing of it. Ctrl-C stops the builds it started. */
export async function provisionCommand(options: { readonly level: number }): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const wanted = new Set([...componentsOf(levelByNumber(options.level)), 'sloth' as const]);
  await provisionWithProgress([...wanted], { signal: stop.signal });
}
