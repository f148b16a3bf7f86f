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
import { supplyPython } from './python-packages.ts';
import { place as putInPlace, stage, sweep } from './staging.ts';
import { type Job, unavailable } from './supply.ts';
import { supplyWheel } from './wheel.ts';

export interface SupplyOptions {
  readonly place: Place;
  /** The Go to build with, once it is there; undefined where it could not be had. */
  readonly go: Promise<ProvisionedComponent | undefined>;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: ProvisionEvent) => void;
}

/** All Go builds of this machine stand in one queue, since one alone fills every core; all else only waits for itself. */
export const goLock = 'go-builds';

/** Held while a component is put in its folder, whichever way it comes; who holds it and finds none may replace what is there. */
export function placingLock({ name, source }: Component): string {
  return source.kind === 'go' ? goLock : name;
}

/** Said once when another run holds a component's lock. */
export const waitingText = 'waiting for another Firedrill on this machine that is at it';

async function fill(job: Job, options: SupplyOptions): Promise<void> {
  const { source } = job.component;
  switch (source.kind) {
    case 'wheel':
      return supplyWheel(source, job);
    case 'python':
      return supplyPython(source, job);
    case 'deb':
      return supplyDeb(source, job);
    case 'go': {
      const go = await options.go;
      if (go === undefined) throw unavailable(job.component, 'there is no Go to build it with');
      return supplyGoModule(source, go.bin('go'), job);
    }
  }
}

/** Makes one missing component in the cache, or takes it from another run that made it meanwhile. */
export async function supplyOne(component: Component, options: SupplyOptions): Promise<ProvisionedComponent> {
  const { place, signal, onEvent } = options;
  const target = cacheFolder(component, place);
  const say: Job['say'] = (text, fine) =>
    onEvent({ type: 'step', name: component.name, text, fine: fine !== undefined });
  const make = async (): Promise<ProvisionedComponent> => {
    const there = await locate(component, place);
    if (there !== undefined) return there;
    await sweep(dirname(target));
    await mkdir(dirname(target), { recursive: true });
    await stage(target, async (folder) => {
      const out = join(folder, 'out');
      await mkdir(out);
      await fill({ component, root: place.root, env: place.env, folder, out, signal, say }, options);
      await writeFile(join(out, originFile), JSON.stringify({ origin: component.source.kind }));
      await putInPlace(out, target);
    });
    const made = await locate(component, place);
    if (made !== undefined) return made;
    throw unavailable(component, `${component.executables.join(', ')} not in what was made`);
  };
  return withCacheLock(place.root, placingLock(component), make, { signal, onWait: () => say(waitingText) });
}
