import pg from 'pg';
import { Repeated } from './repeated.ts';

const everyMs = 50;
const patienceMs = 1500;

interface Ack {
  readonly id: number;
  readonly at: number;
}

/** Writes twenty rows a second, each on a connection of its own, and knows which were acknowledged. */
export class OutageWriter {
  readonly #url: string;
  readonly #acks: Ack[] = [];
  #nextId = 1;
  readonly #writing = new Repeated(everyMs, () => this.#write(this.#nextId++));

  /** @param url of the database, with a table `outage (id)`. */
  constructor(url: string) {
    this.#url = url;
  }

  get acknowledged(): readonly Ack[] {
    return this.#acks;
  }

  start(): void {
    this.#writing.start();
  }

  /** Ends it once every write that is under way has its answer. */
  stop(): Promise<void> {
    return this.#writing.stop();
  }

  /** The longest time without an acknowledgement since then, ms. */
  longestGapMs(since: number): number {
    const times = this.#acks.map(({ at }) => at).toSorted((a, b) => a - b);
    const gaps = times.slice(1).map((at, index) => (at < since ? 0 : at - (times[index] ?? at)));
    return Math.max(0, ...gaps);
  }

  async #write(id: number): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: patienceMs,
      query_timeout: patienceMs,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('INSERT INTO outage (id) VALUES ($1)', [id]);
      this.#acks.push({ id, at: performance.now() });
    } catch {
      // No acknowledgement: that is the measurement.
    } finally {
      void client.end().catch(() => {});
    }
  }
}
