import { Gauge, type Registry } from 'prom-client';
import type { PartitionState } from '../data/partitions/read-partitions.ts';

/** How far ahead of now the partitions reach. It falls from scrape to scrape until somebody makes the next one. */
export class PartitionMetrics {
  #seen: PartitionState | undefined;
  #seenAt = 0;

  constructor(registry: Registry) {
    const ahead = new Gauge({
      name: 'shop_partitions_ahead_seconds',
      help: 'Time until the last partition of a table ends; at 0 no order can be written.',
      labelNames: ['table'],
      registers: [registry],
      collect: () => {
        if (this.#seen === undefined) return;
        const now = this.#seen.now + performance.now() - this.#seenAt;
        for (const [table, until] of this.#seen.until) ahead.set({ table }, (until - now) / 1000);
      },
    });
  }

  seen(state: PartitionState): void {
    this.#seen = state;
    this.#seenAt = performance.now();
  }
}
