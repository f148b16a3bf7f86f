import { type ComponentName, provisionWithProgress } from '@firedrill/provision';
import { levelByNumber } from '@firedrill/topology';
import type { LabState } from '../state.ts';
import { provideImages } from '../up/docker/provide-images.ts';
import { requireDocker } from '../up/docker/require-docker.ts';
import { imageTitles } from '../up/progress.ts';
import { componentsWanted } from './components-wanted.ts';

/** Gets ready what `doctor` lists, or the images of a lab in containers. Starts nothing of it. Ctrl-C stops the builds it started. */
export async function provisionCommand(options: {
  readonly level: number;
  readonly also?: readonly ComponentName[];
  readonly runtime: LabState['runtime'];
}): Promise<void> {
  if (options.runtime === 'docker') {
    await requireDocker();
    return provideImages(levelByNumber(options.level), ({ image, how }) =>
      process.stderr.write(`${imageTitles[how]} ${image}\n`),
    );
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const wanted = new Set([...componentsWanted(options.level), ...(options.also ?? [])]);
  await provisionWithProgress([...wanted], { signal: stop.signal });
}
