import type { Connection, Outcome } from './connection.ts';
import { httpConnection } from './http-connection.ts';
import { postgresConnection } from './postgres-connection.ts';

/** Where to knock: the proxy's port, since that is what the source of the edge itself dials. */
export interface Endpoint {
  readonly edge: string;
  /** `postgres://…` or `http://…`. */
  readonly url: string;
  /** What a database is asked; default `select 1`. */
  readonly statement?: string;
}

export const open = (endpoint: Endpoint): Connection =>
  endpoint.url.startsWith('http')
    ? httpConnection(endpoint.url)
    : postgresConnection(endpoint.url, endpoint.statement);

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
