import { Counter, Gauge, type Registry } from 'prom-client';
import type { ServerView } from '../data/reads/plan-read.ts';

interface Watched {
  view(): ServerView;
}

/**
 * How a read of what is the customer's own was served: by a replica that had all of it, by the primary, by a replica after a
 * wait for it, or not at all.
 */
export const ownReads = ['replica', 'primary', 'waited', 'refused'] as const;
export type OwnRead = (typeof ownReads)[number];

/** What the shop tells of its replicas, where it has some. */
export class ReplicaMetrics {
  readonly #reads: Counter<'from'>;
  readonly #ownReads: Counter<'how'>;

  /** @param servers asked at each scrape: the staleness of one that no longer answers, or never did, grows with time. */
  constructor(registry: Registry, servers: readonly Watched[]) {
    this.#reads = new Counter({
      name: 'shop_reads_total',
      help: 'Reads by the server that served them.',
      labelNames: ['from'],
      registers: [registry],
    });
    for (const from of ['primary', ...servers.map((server) => server.view().name)])
      this.#reads.inc({ from }, 0);
    this.#ownReads = new Counter({
      name: 'shop_own_reads_total',
      help: 'Reads that must show what their customer wrote and saw, by how they were served.',
      labelNames: ['how'],
      registers: [registry],
    });
    for (const how of ownReads) this.#ownReads.inc({ how }, 0);
    const staleness = new Gauge({
      name: 'shop_replica_staleness_seconds',
      help: 'How far a replica can be behind the primary now, by the newest heartbeat seen on it, or since this process started.',
      labelNames: ['replica'],
      registers: [registry],
      collect: () => {
        staleness.reset();
        for (const { name, inRecovery, stalenessMs } of servers.map((server) => server.view())) {
          if (inRecovery !== false) staleness.set({ replica: name }, stalenessMs / 1000);
        }
      },
    });
  }

  countRead(from: string): void {
    this.#reads.inc({ from });
  }

  countOwnRead(how: OwnRead): void {
    this.#ownReads.inc({ how });
  }
}
