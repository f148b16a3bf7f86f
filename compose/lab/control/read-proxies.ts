import type { Proxies } from './edges.ts';
import type { ToxiproxyApi } from './toxiproxy.ts';

const isLate = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

/**
 * What Toxiproxy tells; `undefined` where it does not. One that is late, as on a machine that stalls, is asked again; one that is gone
 * is not.
 */
export async function readProxies(
  api: Pick<ToxiproxyApi, 'read'>,
  patienceMs: number,
): Promise<Proxies | undefined> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await api.read();
    } catch (error) {
      if (!isLate(error) || performance.now() >= until) return undefined;
    }
  }
}
