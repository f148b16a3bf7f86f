import type { Database } from '../database.ts';
import { DatabaseUnavailable } from '../database-errors.ts';
import { Deadline } from '../deadline.ts';
import type { ServerView } from './plan-read.ts';

export interface WatchedServerOptions {
  readonly name: string;
  /** One connection of its own: it must not wait behind a crowd of reads. */
  readonly probe: Database;
  readonly probeDeadlineMs: number;
}

const beatSql = `
  SELECT pg_is_in_recovery() AS "inRecovery",
         (SELECT extract(epoch FROM clock_timestamp() - beat_at) * 1000 FROM replication_heartbeat)::float8 AS "ageMs"`;

/** A server that is asked again and again whether it answers, what it is, and how old its newest heartbeat is. */
export class WatchedServer {
  readonly name: string;
  readonly #options: WatchedServerOptions;
  #answers = false;
  #inRecovery: boolean | undefined;
  /** The moment, on this process's clock, up to which the server is known to have everything. */
  #completeUntil: number;

  constructor(options: WatchedServerOptions) {
    this.#options = options;
    this.name = options.name;
    this.#completeUntil = performance.now();
  }

  /** Asks once. @throws {DatabaseUnavailable} when it does not answer in time; it is left out until it does. */
  async measure(): Promise<void> {
    const askedAt = performance.now();
    try {
      const row = await this.#options.probe.read(
        Deadline.in(this.#options.probeDeadlineMs),
        async (queries) => (await queries.rows<{ inRecovery: boolean; ageMs: number | null }>(beatSql))[0],
      );
      if (row === undefined) throw new Error('no row');
      this.#inRecovery = row.inRecovery;
      // A beat from the future is a clock that differs; it makes nothing fresher than now.
      if (row.ageMs !== null) this.#completeUntil = askedAt - Math.max(0, row.ageMs);
      this.#answers = true;
    } catch (error) {
      this.#answers = false;
      throw error;
    }
  }

  /** It let a read down: it is left out until it answers the next time it is asked. */
  blame(error: unknown): void {
    if (error instanceof DatabaseUnavailable && error.reason !== 'busy') this.#answers = false;
  }

  get answers(): boolean {
    return this.#answers;
  }

  get inRecovery(): boolean | undefined {
    return this.#inRecovery;
  }

  /** For {@link stalenessSince}, taken before a read: what is measured meanwhile says nothing about its snapshot. */
  get completeUntil(): number {
    return this.#completeUntil;
  }

  view(): ServerView {
    return {
      name: this.name,
      answers: this.#answers,
      inRecovery: this.#inRecovery,
      stalenessMs: stalenessSince(this.#completeUntil),
    };
  }
}

/** Milliseconds by which data that is complete until then can be behind now. */
export function stalenessSince(completeUntil: number): number {
  return performance.now() - completeUntil;
}
