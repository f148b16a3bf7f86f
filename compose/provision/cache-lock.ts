import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import lockfile from 'proper-lockfile';

/** A lock whose owner was killed is taken over after this long. */
const staleMs = 5_000;

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once when somebody else holds it. */
  readonly onWait?: () => void;
}

/** Does the work while no other process on this machine holds the same lock of this cache. */
export async function withCacheLock<T>(
  root: string,
  name: string,
  work: () => Promise<T>,
  { signal, onWait }: LockOptions = {},
): Promise<T> {
  const folder = join(root, 'locks');
  await mkdir(folder, { recursive: true });
  const release = await acquire(join(folder, name), { signal, ...(onWait && { onWait }) });
  try {
    return await work();
  } finally {
    // Lost to another run while this process was suspended: nothing to give back, and both results are good.
    await release().catch(() => undefined);
  }
}

async function acquire(file: string, { signal, onWait }: LockOptions): Promise<() => Promise<void>> {
  let announce = onWait;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await lockfile.lock(file, {
        realpath: false,
        stale: staleMs,
        update: 1_000,
        onCompromised: () => undefined,
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    }
    announce?.();
    announce = undefined;
    await delay(300, undefined, { signal });
  }
}
