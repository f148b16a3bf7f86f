import type { Connection, Outcome } from './connection.ts';
import { type Endpoint, open, type Probe, within } from './probe.ts';

/**
 * A connection from before the fault. It sends one request at a time and keeps waiting for its answer, through the fault and
 * past the heal: whether held bytes are delivered then is what tells a stall from a drop.
 */
export class OldConnection {
  readonly edge: string;
  readonly #connection: Connection;
  readonly #deadlineMs: number;
  #pending: { readonly since: number; readonly end: Promise<Outcome> } | undefined;
  #gone: boolean = false;
  #told = { sentBytes: 0, receivedBytes: 0 };

  constructor(endpoint: Endpoint, deadlineMs: number) {
    this.edge = endpoint.edge;
    this.#connection = open(endpoint);
    this.#deadlineMs = deadlineMs;
  }

  /** Takes up to one deadline. @returns `undefined` when the connection ended before and that was told. */
  async ask(): Promise<Probe | undefined> {
    if (this.#gone) return undefined;
    this.#pending ??= { since: performance.now(), end: this.#connection.ask() };
    const pending = this.#pending;
    const outcome = await within(this.#deadlineMs, pending.end);
    const ms = performance.now() - pending.since;
    if (outcome !== 'timed-out') this.#pending = undefined;
    if (outcome === 'closed' || outcome === 'reset' || outcome === 'refused') this.#gone = true;
    return { outcome, ms, ...this.#bytesSince() };
  }

  close(): void {
    this.#gone = true;
    this.#connection.close();
  }

  #bytesSince(): Pick<Probe, 'sentBytes' | 'receivedBytes'> {
    const { sentBytes, receivedBytes } = this.#connection.line;
    const since = {
      sentBytes: sentBytes - this.#told.sentBytes,
      receivedBytes: receivedBytes - this.#told.receivedBytes,
    };
    this.#told = { sentBytes, receivedBytes };
    return since;
  }
}
