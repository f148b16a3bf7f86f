import { FiredrillError } from '@firedrill/errors';
import type { Component, ComponentName } from './component.ts';
import { componentByName } from './components.ts';
import { locate } from './locate.ts';
import type { ProvisionedComponent } from './located.ts';
import { unavailable } from './supply.ts';
import { type SupplyOptions, supplyOne } from './supply-one.ts';

/** Downloads at once, builds one after another; what fails stops nothing else, and is said at the end. */
export async function supplyMissing(
  missing: readonly Component[],
  options: Omit<SupplyOptions, 'go'>,
): Promise<ReadonlyMap<ComponentName, ProvisionedComponent>> {
  const made = new Map<ComponentName, ProvisionedComponent>();
  const failed: FiredrillError[] = [];
  const go = once(() => goProgram(options));
  const supply = async (component: Component): Promise<void> => {
    const started = performance.now();
    const { name } = component;
    try {
      const result = await supplyOne(component, { ...options, go });
      made.set(name, result);
      options.onEvent({
        type: 'done',
        name,
        origin: result.origin,
        seconds: (performance.now() - started) / 1000,
      });
    } catch (cause) {
      const error = asFiredrillError(component, cause, options.signal);
      failed.push(error);
      options.onEvent({ type: 'failed', name, error });
    }
  };
  const builds = missing.filter(({ source }) => source.kind === 'go');
  const downloads = missing.filter(({ source }) => source.kind !== 'go');
  const buildAll = async (): Promise<void> => {
    for (const component of builds) if (!options.signal?.aborted) await supply(component);
  };
  await Promise.all([buildAll(), ...downloads.map(supply)]);
  if (options.signal?.aborted)
    throw new FiredrillError('aborted', 'set-up was stopped; what is finished stays in the cache');
  const [failure, ...others] = failed;
  if (failure !== undefined) throw others.length === 0 ? failure : several(failed);
  return made;
}

/** One line for all that failed: each with its own reason and its own way out. */
function several(failed: readonly FiredrillError[]): FiredrillError {
  return new FiredrillError('component-unavailable', failed.map(({ message }) => message).join('; '), {
    where: failed.map(({ where }) => where).join(', '),
    fix: failed
      .map(({ fix }) => fix)
      .filter(Boolean)
      .join('; '),
  });
}

async function goProgram(options: Omit<SupplyOptions, 'go'>): Promise<string> {
  const component = componentByName('go');
  const there = await locate(component, options.place);
  const go =
    there ??
    (await supplyOne(component, {
      ...options,
      go: () => Promise.reject(new Error('go is not built by go')),
    }));
  return go.bin('go');
}

function asFiredrillError(
  component: Component,
  cause: unknown,
  signal: AbortSignal | undefined,
): FiredrillError {
  if (cause instanceof FiredrillError) return cause;
  if (signal?.aborted) return new FiredrillError('aborted', `${component.name} was stopped`, { cause });
  if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') {
    return new FiredrillError('disk-full', `the disk became full while ${component.name} was made`, {
      where: component.name,
      cause,
    });
  }
  return unavailable(component, cause instanceof Error ? cause.message : String(cause));
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
