import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withCacheLock } from './cache-lock.ts';
import type { Component } from './component.ts';
import { supplyDeb } from './debian.ts';
import type { ProvisionEvent } from './events.ts';
import { supplyGoModule } from './go-module.ts';
import { cacheFolder, locate, originFile } from './locate.ts';
import type { ProvisionedComponent } from './located.ts';
import type { Place } from './place.ts';
import { place as putInPlace, stage, sweep } from './staging.ts';
import { type Job, unavailable } from './supply.ts';
import { supplyWheel } from './wheel.ts';

export interface SupplyOptions {
  readonly place: Place;
  /** The `go` to build with; only asked for where a build is needed. */
  readonly go: () => Promise<string>;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: ProvisionEvent) => void;
}

/** All Go builds of this machine stand in one queue, since one alone fills every core; all else only waits for itself. */
export const goLock = 'go-builds';

function fill(job: Job, go: () => Promise<string>): Promise<void> {
  const { source } = job.component;
  switch (source.kind) {
    case 'wheel':
      return supplyWheel(source, job);
    case 'deb':
      return supplyDeb(source, job);
    case 'go':
      return go().then((program) => supplyGoModule(source, program, job));
  }
}

/** Makes one missing component in the cache, or takes it from another run that made it meanwhile. */
export async function supplyOne(component: Component, options: SupplyOptions): Promise<ProvisionedComponent> {
  const { place, signal, onEvent } = options;
  const target = await cacheFolder(component, place);
  const say = (text: string): void => onEvent({ type: 'step', name: component.name, text });
  const make = async (): Promise<ProvisionedComponent> => {
    const there = await locate(component, place);
    if (there !== undefined) return there;
    await sweep(dirname(target));
    await mkdir(dirname(target), { recursive: true });
    await stage(target, async (folder) => {
      const out = join(folder, 'out');
      await mkdir(out);
      await fill({ component, root: place.root, env: place.env, folder, out, signal, say }, options.go);
      await writeFile(join(out, originFile), JSON.stringify({ origin: component.source.kind }));
      await putInPlace(out, target);
    });
    const made = await locate(component, place);
    if (made !== undefined) return made;
    throw unavailable(component, `${component.executables.join(', ')} not in what was made`);
  };
  const lock = component.source.kind === 'go' ? goLock : component.name;
  return withCacheLock(place.root, lock, make, {
    signal,
    onWait: () => say('waiting for another Firedrill on this machine that is at it'),
  });
}
