import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../data/database.ts';
import { Deadline } from '../data/deadline.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { ShopMetrics } from '../telemetry/shop-metrics.ts';

/** One of the shop's chores. Any number of processes may run it: a lease in the database lets one work at a time. */
export interface Worker {
  readonly name: string;
  readonly everyMs: number;
  /** `own`: each process does it for itself, without a lease. */
  readonly scope: 'leased' | 'own';
  /** One round. The lease only saves double work: what a round does must be right even when two run at once. */
  run(): Promise<void>;
  /** Another process has the lease: what this one has told of its last round is that one's to tell. */
  standBack?(): void;
}

export interface WorkerHost {
  readonly database: Database;
  readonly logger: Logger;
  readonly metrics: ShopMetrics;
  /** Unique to this process. */
  readonly owner: string;
  /** How long a lease outlives its process, milliseconds of database time. */
  readonly leaseMs: number;
  /** Of one unit of a worker's work, milliseconds. */
  readonly deadlineMs: number;
}

export interface RunningWorker {
  /** Ends the current round and gives the lease back. */
  stop(): Promise<void>;
}

export function startWorker(worker: Worker, host: WorkerHost): RunningWorker {
  const stopping = new AbortController();
  let leasedUntil = 0;
  let failing = false;

  async function round(): Promise<void> {
    if (worker.scope === 'leased' && performance.now() > leasedUntil) {
      const asked = performance.now();
      if (!(await acquireLease(worker.name, host))) {
        worker.standBack?.();
        return;
      }
      // Renewed at half-time, so that it does not run out while a round is under way.
      leasedUntil = asked + host.leaseMs / 2;
    }
    await worker.run();
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await round();
        if (failing) host.logger.info({ worker: worker.name }, 'worker recovered');
        failing = false;
      } catch (error) {
        leasedUntil = 0;
        host.metrics.workerFailures.inc({ worker: worker.name });
        if (!failing)
          host.logger.warn({ err: error, worker: worker.name }, 'worker failed; it will go on trying');
        failing = true;
      }
      await sleep(worker.everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  host.metrics.workerFailures.inc({ worker: worker.name }, 0);
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      if (worker.scope === 'leased') await releaseLease(worker.name, host).catch(() => {});
    },
  };
}

async function acquireLease(name: string, host: WorkerHost): Promise<boolean> {
  const rows = await host.database.read(Deadline.in(host.deadlineMs), (queries) =>
    queries.rows(
      `INSERT INTO worker_lease (name, owner, expires_at) VALUES ($1, $2, now() + $3 * interval '1 millisecond')
       ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
        WHERE worker_lease.owner = excluded.owner OR worker_lease.expires_at < now()
       RETURNING name`,
      [name, host.owner, host.leaseMs],
    ),
  );
  return rows.length > 0;
}

async function releaseLease(name: string, host: WorkerHost): Promise<void> {
  await host.database.read(Deadline.in(host.deadlineMs), (queries) =>
    queries.rows('DELETE FROM worker_lease WHERE name = $1 AND owner = $2', [name, host.owner]),
  );
}
