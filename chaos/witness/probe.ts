import { httpConnection } from './http-connection.ts';
import { postgresConnection } from './postgres-connection.ts';

/**
 * How a round trip ended. `refused` is also a database that answers "not yet": a definite no.
 * `closed` is an orderly end, `reset` a broken one.
 */
export type Outcome = 'answered' | 'timed-out' | 'refused' | 'reset' | 'closed';

/** Where to knock: the proxy's port, since that is what the source of the edge itself dials. */
export interface Endpoint {
  readonly edge: string;
  /** `postgres://…` or `http://…`. */
  readonly url: string;
}

/** A protocol connection: a TCP connect proves nothing, since Toxiproxy accepts before it dials. */
export interface Connection {
  /** One round trip; never rejects, and never ends before it is answered or the connection is gone. */
  ask(): Promise<Outcome>;
  close(): void;
}

export const open = (endpoint: Endpoint): Connection =>
  endpoint.url.startsWith('http') ? httpConnection(endpoint.url) : postgresConnection(endpoint.url);

/** What a transport error means. */
export function outcomeOf(error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  // PostgreSQL's own codes have five characters: 57P03 is "starting up".
  if (/^[0-9A-Z]{5}$/.test(code)) return 'refused';
  return 'closed';
}

export interface Probe {
  readonly outcome: Outcome;
  readonly ms: number;
}

/** One round trip on a connection of its own. */
export async function probeNew(endpoint: Endpoint, deadlineMs: number): Promise<Probe> {
  const started = performance.now();
  const connection = open(endpoint);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, 'timed-out');
  });
  const outcome = await Promise.race([connection.ask(), late]);
  clearTimeout(timer);
  connection.close();
  return { outcome, ms: performance.now() - started };
}
