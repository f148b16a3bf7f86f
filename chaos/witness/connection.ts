import type { Line } from './line.ts';

/**
 * How a round trip ended. `refused` is also a database that answers "not yet": a definite no.
 * `closed` is an orderly end, `reset` a broken one.
 */
export type Outcome = 'answered' | 'timed-out' | 'refused' | 'reset' | 'closed';

/** A protocol connection: a TCP connect proves nothing, since Toxiproxy accepts before it dials. */
export interface Connection {
  readonly line: Line;
  /** One round trip; never rejects, and never ends before it is answered or the connection is gone. */
  ask(): Promise<Outcome>;
  /**
   * Sends, on a new connection, what the other side meets by closing it. Where answers are lost and questions are not, the close
   * still comes back; never rejects.
   */
  askToHangUp(): Promise<Outcome>;
  /** Says goodbye as its protocol does. @returns how long the other side took to close, at most the deadline, ms. */
  farewell(deadlineMs: number): Promise<number>;
  close(): void;
}

/** What a transport error means. */
export function outcomeOf(error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  // PostgreSQL's own codes have five characters: 57P03 is "starting up".
  if (/^[0-9A-Z]{5}$/.test(code)) return 'refused';
  return 'closed';
}
