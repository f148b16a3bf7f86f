import { Counter, Gauge, type Registry } from 'prom-client';
import type { ServerView } from '../data/reads/plan-read.ts';

interface Watched {
  view(): ServerView;
}

/** What the shop tells of its replicas, where it has some. */
export class ReplicaMetrics {
  readonly #reads: Counter<'from'>;

  /** @param servers asked at each scrape: the staleness of one that no longer answers grows with time. */
  constructor(registry: Registry, servers: readonly Watched[]) {
    this.#reads = new Counter({
      name: 'shop_reads_total',
      help: 'Reads by the server that served them.',
      labelNames: ['from'],
      registers: [registry],
    });
    for (const from of ['primary', ...servers.map((server) => server.view().name)])
      this.#reads.inc({ from }, 0);
    const staleness = new Gauge({
      name: 'shop_replica_staleness_seconds',
      help: 'How far a replica can be behind the primary now, by the age of the newest heartbeat seen on it.',
      labelNames: ['replica'],
      registers: [registry],
      collect: () => {
        staleness.reset();
        for (const { name, inRecovery, stalenessMs } of servers.map((server) => server.view())) {
          if (inRecovery) staleness.set({ replica: name }, stalenessMs / 1000);
        }
      },
    });
  }

  countRead(from: string): void {
    this.#reads.inc({ from });
  }
}
