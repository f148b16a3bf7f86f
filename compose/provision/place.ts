import { defaultCacheRoot, type Env } from './cache-layout.ts';
import { detectPlatform, type Platform } from './platform.ts';
import { openProbeMemory, type ProbeMemory } from './probe-memory.ts';

/** Everything that decides where a component is looked for. */
export interface Place {
  readonly root: string;
  readonly env: Env;
  readonly platform: Platform;
  readonly memory: ProbeMemory;
}

export interface PlaceOptions {
  /** Default: `$FIREDRILL_CACHE`, else `$XDG_CACHE_HOME/firedrill`, else `~/.cache/firedrill`. */
  readonly cacheRoot?: string;
  /** Default: this process's. */
  readonly env?: Env;
  /** Default: this machine's. */
  readonly platform?: Platform;
}

/** The place that these options describe. */
export async function openPlace(options: PlaceOptions): Promise<Place> {
  const env = options.env ?? process.env;
  const root = options.cacheRoot ?? defaultCacheRoot(env);
  return { root, env, platform: options.platform ?? detectPlatform(), memory: await openProbeMemory(root) };
}
