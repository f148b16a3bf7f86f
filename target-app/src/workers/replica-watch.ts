import type { WatchedServer } from '../data/reads/watched-server.ts';
import type { Worker } from './worker.ts';

/** Keeps asking one server; each has a worker of its own, so that one that hangs keeps none of the others waiting. */
export function replicaWatch(server: WatchedServer, everyMs: number): Worker {
  return { name: `watch-${server.name}`, everyMs, scope: 'own', run: () => server.measure() };
}
