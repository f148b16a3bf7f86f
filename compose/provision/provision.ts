import { mkdir } from 'node:fs/promises';
import { FiredrillError } from '@firedrill/errors';
import { takeBundle } from './bundle-take.ts';
import { goCaches } from './cache-layout.ts';
import { withCacheLock } from './cache-lock.ts';
import type { Component, ComponentName } from './component.ts';
import { componentByName } from './components.ts';
import { checkDisk, type FreeBytes, freeBytes } from './disk.ts';
import type { ProvisionEvent } from './events.ts';
import { locate } from './locate.ts';
import type { ProvisionedComponent } from './located.ts';
import { openPlace, type Place, type PlaceOptions } from './place.ts';
import { discard, sweep } from './staging.ts';
import { supplyMissing, withToolchain } from './supply-missing.ts';
import { goLock } from './supply-one.ts';

export interface ProvisionOptions extends PlaceOptions {
  readonly onEvent?: (event: ProvisionEvent) => void;
  /** Stops it, with the children; what is finished stays. */
  readonly signal?: AbortSignal;
  readonly freeBytes?: FreeBytes;
}

export type Provisioned = ReadonlyMap<ComponentName, ProvisionedComponent>;

/** Makes the named components available and says where they are. With all of them there it starts nothing. */
export async function provision(
  names: readonly ComponentName[],
  options: ProvisionOptions = {},
): Promise<Provisioned> {
  return provisionComponents([...new Set(names)].map(componentByName), options);
}

async function findAll(
  components: readonly Component[],
  place: Place,
): Promise<Map<ComponentName, ProvisionedComponent>> {
  const found = await Promise.all(components.map((component) => locate(component, place)));
  await place.memory.save();
  return new Map(found.filter((one) => one !== undefined).map((one) => [one.name, one]));
}

/** As {@link provision}, for components that need not be in the table. */
export async function provisionComponents(
  components: readonly Component[],
  options: ProvisionOptions = {},
): Promise<Provisioned> {
  const place = await openPlace(options);
  const found = await findAll(components, place);
  const missing = components.filter(({ name }) => !found.has(name));
  if (missing.length === 0) return found;
  const made = await make(missing, place, options);
  return new Map(
    [...found, ...made].filter(([name]) => components.some((component) => component.name === name)),
  );
}

async function make(
  missing: readonly Component[],
  place: Place,
  options: ProvisionOptions,
): Promise<Provisioned> {
  if (place.platform.native === 'path') throw onlyFromPath(missing, place);
  await prepareRoot(place.root);
  const { signal, onEvent = () => undefined, freeBytes: free = freeBytes } = options;
  if (place.env['FIREDRILL_CACHE_URL']) await checkDisk(place.root, missing.map(withoutBuild), free);
  const taken = await takeBundle(missing, place, { onEvent, signal });
  const untaken = missing.filter(({ name }) => !taken.has(name));
  const rest = await withToolchain(untaken, place);
  for (const { name, version, source, estimate } of rest) {
    onEvent({ type: 'planned', name, version, how: source.kind, seconds: estimate.seconds });
  }
  await checkDisk(place.root, rest, free);
  const made = await supplyMissing(rest, { place, onEvent, signal });
  if (rest.some(({ source }) => source.kind === 'go')) {
    await withCacheLock(place.root, goLock, () => discard(goCaches(place.root).home), { signal });
  }
  return new Map([...taken, ...made]);
}

function withoutBuild(component: Component): Component {
  return { ...component, estimate: { ...component.estimate, buildMegabytes: 0 } };
}

function onlyFromPath(missing: readonly Component[], { platform }: Place): FiredrillError {
  const names = missing.map(({ name }) => name).join(', ');
  return new FiredrillError(
    'platform-unsupported',
    `on ${platform.tag} components must be on PATH, and not there in a version that fits: ${names}`,
    {
      fix: missing.map(({ byHand }) => byHand).join('; '),
    },
  );
}

async function prepareRoot(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    throw new FiredrillError('component-unavailable', `the cache folder ${root} cannot be written to`, {
      where: root,
      fix: 'set FIREDRILL_CACHE to a folder that you can write to',
      cause: error,
    });
  }
  await sweep(root);
}
