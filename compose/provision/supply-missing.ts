import { FiredrillError } from '@firedrill/errors';
import type { Component, ComponentName } from './component.ts';
import { componentByName } from './components.ts';
import { combined, failureOf } from './failures.ts';
import { locate } from './locate.ts';
import type { ProvisionedComponent } from './located.ts';
import type { Place } from './place.ts';
import { type SupplyOptions, supplyOne } from './supply-one.ts';

type Options = Omit<SupplyOptions, 'go'>;

/** What must be made so that the rest can be: Go, where there is something to build and no Go. */
export async function withToolchain(
  missing: readonly Component[],
  place: Place,
): Promise<readonly Component[]> {
  const go = componentByName('go');
  const needed = missing.some(({ source }) => source.kind === 'go') && !missing.includes(go);
  return needed && (await locate(go, place)) === undefined ? [go, ...missing] : missing;
}

/** Downloads at once, builds one after another; what fails stops nothing else, and is said at the end. */
export async function supplyMissing(
  missing: readonly Component[],
  options: Options,
): Promise<ReadonlyMap<ComponentName, ProvisionedComponent>> {
  const made = new Map<ComponentName, ProvisionedComponent>();
  const failed: FiredrillError[] = [];
  const supply = async (
    component: Component,
    go: Promise<ProvisionedComponent | undefined>,
  ): Promise<void> => {
    try {
      made.set(component.name, await timed(component, go, options));
    } catch (cause) {
      const error = failureOf(component, cause, options.signal);
      failed.push(error);
      options.onEvent({ type: 'failed', name: component.name, error });
    }
  };
  const builds = missing.filter(({ source }) => source.kind === 'go');
  const downloads = missing.filter(({ source }) => source.kind !== 'go');
  const none = Promise.resolve(undefined);
  const downloading = new Map(downloads.map((component) => [component.name, supply(component, none)]));
  const go = (downloading.get('go') ?? none).then(() => locate(componentByName('go'), options.place));
  const buildAll = async (): Promise<void> => {
    for (const component of builds) if (!options.signal?.aborted) await supply(component, go);
  };
  await Promise.all([buildAll(), ...downloading.values()]);
  if (options.signal?.aborted) {
    throw new FiredrillError('aborted', 'set-up was stopped; what is finished stays in the cache');
  }
  const failure = combined(failed);
  if (failure !== undefined) throw failure;
  return made;
}

async function timed(
  component: Component,
  go: Promise<ProvisionedComponent | undefined>,
  options: Options,
): Promise<ProvisionedComponent> {
  const started = performance.now();
  const result = await supplyOne(component, { ...options, go });
  const seconds = (performance.now() - started) / 1000;
  options.onEvent({ type: 'done', name: component.name, origin: result.origin, seconds });
  return result;
}
