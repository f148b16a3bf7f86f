import { provisionWithProgress } from '@firedrill/provision';
import { componentsWanted } from './components-wanted.ts';

/** Gets ready what `doctor` lists. Starts nothing of it. Ctrl-C stops the builds it started. */
export async function provisionCommand(options: { readonly level: number }): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  await provisionWithProgress(componentsWanted(options.level), { signal: stop.signal });
}
