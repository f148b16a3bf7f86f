import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import type { Manifest } from './bundle-manifest.ts';
import { type BundleSource, bundleSource } from './bundle-source.ts';
import { unpackBundle, verifyFiles } from './bundle-unpack.ts';
import { componentFolder } from './cache-layout.ts';
import { withCacheLock } from './cache-lock.ts';
import type { Component, ComponentName } from './component.ts';
import type { ProvisionEvent } from './events.ts';
import { locate, originFile } from './locate.ts';
import type { ProvisionedComponent } from './located.ts';
import type { Place } from './place.ts';
import { recipeKey } from './recipe.ts';
import { place as putInPlace, stage } from './staging.ts';
import { placingLock, waitingText } from './supply-one.ts';

interface TakeOptions {
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: ProvisionEvent) => void;
}

/** Measured for all of level 1 from a file. */
const bundleSeconds = 20;

type Taken = Map<ComponentName, ProvisionedComponent>;

/** Takes what `FIREDRILL_CACHE_URL` holds of the missing components; nothing is put in place before all of it is verified. */
export async function takeBundle(
  missing: readonly Component[],
  place: Place,
  options: TakeOptions,
): Promise<Taken> {
  const variable = place.env['FIREDRILL_CACHE_URL'];
  if (!variable) return new Map();
  const started = performance.now();
  for (const { name, version } of missing) {
    options.onEvent({ type: 'planned', name, version, how: 'bundle', seconds: bundleSeconds });
    options.onEvent({ type: 'step', name, text: 'reading the packed cache', fine: true });
  }
  return withCacheLock(
    place.root,
    'bundle',
    async () => {
      try {
        const source = bundleSource(variable);
        // Another run may have taken them while this one waited for the lock.
        const located = await Promise.all(missing.map((component) => locate(component, place)));
        const absent = missing.filter((_, index) => located[index] === undefined);
        if (absent.length > 0) await unpackInPlace(source, absent, place, options);
      } catch (error) {
        throw refused(variable, error, options.signal);
      }
      return found(missing, place, { ...options, started });
    },
    { signal: options.signal },
  );
}

async function unpackInPlace(
  source: BundleSource,
  absent: readonly Component[],
  place: Place,
  options: TakeOptions,
): Promise<void> {
  await stage(join(place.root, 'bundle'), async (folder) => {
    const manifest = await unpackBundle(source, folder, options.signal);
    await putWanted(manifest, folder, absent, place, options);
  });
}

async function putWanted(
  manifest: Manifest,
  folder: string,
  absent: readonly Component[],
  place: Place,
  { signal, onEvent }: TakeOptions,
): Promise<void> {
  const { tag } = place.platform;
  if (manifest.platform !== tag) throw new Error(`it was packed on ${manifest.platform} and this is ${tag}`);
  for (const component of manifest.components) await verifyFiles(folder, component);
  for (const component of absent) {
    const wanted = componentFolder(component, recipeKey(component, tag));
    if (!manifest.components.some((packed) => packed.folder === wanted)) continue;
    const put = async (): Promise<void> => {
      // A run without the packed cache may have made it: its users have its files open.
      if ((await locate(component, place)) !== undefined) return;
      await writeFile(join(folder, wanted, originFile), JSON.stringify({ origin: 'bundle' }));
      await mkdir(dirname(join(place.root, wanted)), { recursive: true });
      await putInPlace(join(folder, wanted), join(place.root, wanted));
    };
    const onWait = (): void =>
      onEvent({ type: 'step', name: component.name, text: waitingText, fine: false });
    await withCacheLock(place.root, placingLock(component), put, { signal, onWait });
  }
}

async function found(
  missing: readonly Component[],
  place: Place,
  { onEvent, started }: TakeOptions & { readonly started: number },
): Promise<Taken> {
  const results = await Promise.all(missing.map((component) => locate(component, place)));
  const taken = results.filter((result) => result !== undefined);
  const seconds = (performance.now() - started) / 1000;
  for (const { name, origin } of taken) onEvent({ type: 'done', name, origin, seconds });
  return new Map(taken.map((result) => [result.name, result]));
}

function refused(variable: string, error: unknown, signal: AbortSignal | undefined): FiredrillError {
  if (signal?.aborted)
    return new FiredrillError('aborted', 'taking the packed cache was stopped', { cause: error });
  const label = URL.canParse(variable) ? bundleLabel(variable) : variable;
  const reason = error instanceof Error ? error.message : String(error);
  return new FiredrillError('component-unavailable', `the packed cache ${label} was refused: ${reason}`, {
    where: 'FIREDRILL_CACHE_URL',
    fix: 'pack it again on a machine of this kind with `pnpm lab cache pack`, or unset FIREDRILL_CACHE_URL to build instead',
    cause: error,
  });
}

/** Without user, password and query: a message may end in a public log. */
function bundleLabel(variable: string): string {
  const url = new URL(variable);
  return url.protocol === 'file:' ? url.pathname : url.origin + url.pathname;
}
