import { type ComponentName, provisionWithProgress } from '@firedrill/provision';
import { componentsWanted } from './components-wanted.ts';

/** Gets ready what `doctor` lists. Starts nothing of it. Ctrl-C stops the builds it started. */
export async function provisionCommand(options: {
  readonly level: number;
  readonly also?: readonly ComponentName[];
}): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const wanted = new Set([...componentsWanted(options.level), ...(options.also ?? [])]);
  await provisionWithProgress([...wanted], { signal: stop.signal });
}
