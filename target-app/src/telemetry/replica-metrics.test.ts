import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import type { Database, Queries } from '../data/database.ts';
import { WatchedServer } from '../data/reads/watched-server.ts';
import { ReplicaMetrics } from './replica-metrics.ts';

/** A server that answers so, or does not answer. */
function serverThat(name: string, answer: { inRecovery: boolean; ageMs: number } | undefined): WatchedServer {
  const read = async <T>(_: unknown, work: (queries: Queries) => Promise<T>) => {
    if (answer === undefined) throw new Error('it does not answer');
    return work({ rows: async () => [answer] } as unknown as Queries);
  };
  return new WatchedServer({ name, probe: { read } as unknown as Database, probeDeadlineMs: 60_000 });
}

it('tells how stale each server may be that is not known to be the primary, also one that never answered', async () => {
  const servers = [
    serverThat('pg-1', { inRecovery: false, ageMs: 0 }),
    serverThat('pg-2', { inRecovery: true, ageMs: 7000 }),
    serverThat('pg-3', undefined),
  ];
  await Promise.allSettled(servers.map((server) => server.measure()));
  const registry = new Registry();
  new ReplicaMetrics(registry, servers);
  const staleness = async () => {
    const told = await registry.getSingleMetric('shop_replica_staleness_seconds')?.get();
    return new Map(told?.values.map(({ labels, value }) => [labels['replica'], value]));
  };
  const first = await staleness();
  expect([...first.keys()]).toEqual(['pg-2', 'pg-3']);
  expect(first.get('pg-2')).toBeGreaterThanOrEqual(7);
  // It counts from the start of the process, and on.
  const since = first.get('pg-3') ?? 0;
  await expect.poll(async () => (await staleness()).get('pg-3')).toBeGreaterThan(since);
});
