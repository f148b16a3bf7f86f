import type { Socket } from 'node:net';
import { ownSocket } from '@firedrill/lab/control';

/** One TCP connection as its own end sees it: when it was taken, what went over it, and how it ended. */
export class Line {
  /** Not connected yet. */
  readonly socket: Socket = ownSocket();
  #connectMs: number | undefined;

  constructor() {
    const { socket } = this;
    let begun = Number.NaN;
    socket.once('connectionAttempt', () => {
      begun = performance.now();
    });
    socket.once('connect', () => {
      this.#connectMs = performance.now() - begun;
    });
  }

  /** How long the handshake took; `undefined` while nobody takes the connection. */
  get connectMs(): number | undefined {
    return this.#connectMs;
  }
  get sentBytes(): number {
    return this.socket.bytesWritten;
  }
  get receivedBytes(): number {
    return this.socket.bytesRead;
  }

  /**
   * Ends this side in order and waits for the other one to do so.
   * @param end sends what its protocol says last, then ends.
   * @returns how long that took, at most the deadline, ms.
   */
  async farewell(deadlineMs: number, end: () => void): Promise<number> {
    const begun = performance.now();
    const closed = Promise.withResolvers<void>();
    if (this.socket.closed) closed.resolve();
    this.socket.once('close', () => closed.resolve());
    end();
    const timer = setTimeout(closed.resolve, deadlineMs);
    await closed.promise;
    clearTimeout(timer);
    return performance.now() - begun;
  }
}
