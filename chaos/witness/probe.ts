import type { Connection, Outcome } from './connection.ts';
import { httpConnection } from './http-connection.ts';
import { mongodbConnection } from './mongodb-connection.ts';
import { postgresConnection } from './postgres-connection.ts';

/** Where to knock: the proxy's port, since that is what the source of the edge itself dials. */
export interface Endpoint {
  readonly edge: string;
  /** `postgres://…`, `mongodb://…` or `http://…`. */
  readonly url: string;
  /** What a database is asked; default `select 1`. */
  readonly statement?: string;
  /** Who listens there closes each connection after its answer: nobody has an old one. */
  readonly oneAnswer?: true;
}

export function open({ url, statement }: Endpoint): Connection {
  if (url.startsWith('http')) return httpConnection(url);
  return url.startsWith('mongodb') ? mongodbConnection(url) : postgresConnection(url, statement);
}

export interface Probe {
  readonly outcome: Outcome;
  readonly ms: number;
  /** Of a new connection: how long the handshake took; absent when nobody took it. */
  readonly connectMs?: number;
  /** Of one that was answered and then ended: how long the other side took to close. */
  readonly closeMs?: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** Settles with what happened within the time. */
export async function within(deadlineMs: number, work: Promise<Outcome>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, 'timed-out');
  });
  const outcome = await Promise.race([work, late]);
  clearTimeout(timer);
  return outcome;
}

/** One question on a connection of its own; said goodbye to, or dropped. */
async function probeBy(
  endpoint: Endpoint,
  deadlineMs: number,
  question: (connection: Connection) => Promise<Outcome>,
  goodbye = false,
): Promise<Probe> {
  const started = performance.now();
  const connection = open(endpoint);
  const outcome = await within(deadlineMs, question(connection));
  const ms = performance.now() - started;
  const closeMs = goodbye && outcome === 'answered' ? await connection.farewell(deadlineMs) : undefined;
  const { connectMs, sentBytes, receivedBytes } = connection.line;
  connection.close();
  return {
    outcome,
    ms,
    ...(connectMs === undefined ? {} : { connectMs }),
    ...(closeMs === undefined ? {} : { closeMs }),
    sentBytes,
    receivedBytes,
  };
}

/** One round trip on a connection of its own. */
export const probeNew = (endpoint: Endpoint, deadlineMs: number): Promise<Probe> =>
  probeBy(endpoint, deadlineMs, (connection) => connection.ask());

/** The same to its end: how the other side closes, too. */
export const probeToTheEnd = (endpoint: Endpoint, deadlineMs: number): Promise<Probe> =>
  probeBy(endpoint, deadlineMs, (connection) => connection.ask(), true);

/** One that the other side meets by closing. */
export const probeHangUp = (endpoint: Endpoint, deadlineMs: number): Promise<Probe> =>
  probeBy(endpoint, deadlineMs, (connection) => connection.askToHangUp());
