import { connect } from 'node:net';
import { request } from 'undici';
import type { Probe } from '../state.ts';
import { mongodbPing, mongodbPong } from './mongodb-ping.ts';

const deadlineMs = 1000;

type HttpProbe = Extract<Probe, { kind: 'http' }>;
type PostgresProbe = Extract<Probe, { kind: 'postgres' }>;

/** Asks once, within a second. Never throws: what does not answer is not ready. */
export async function isReady(probe: Probe): Promise<boolean> {
  switch (probe.kind) {
    case 'http':
      return httpReady(probe);
    case 'postgres':
      return postgresReady(probe);
    case 'mongodb':
      return says(probe, mongodbPing, (answer) => mongodbPong(answer) === 'ok');
  }
}

async function httpReady({ host = '127.0.0.1', port, path }: HttpProbe): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`http://${host}:${port}${path}`, {
      signal: AbortSignal.timeout(deadlineMs),
      reset: true,
    });
    await body.dump();
    return statusCode >= 200 && statusCode < 300;
  } catch {
    return false;
  }
}

/** A server that recovers or shuts down answers `E`; one that takes connections asks for a password with `R`. */
function postgresReady({ host, port, database = 'postgres' }: PostgresProbe): Promise<boolean> {
  const question = startupPacket({ user: database, database });
  return says({ host, port }, question, (answer) => answer[0] === 'R'.charCodeAt(0));
}

/** Whether the first that is said to a question is what whoever is ready says. */
function says(
  { host = '127.0.0.1', port }: Pick<Probe, 'host' | 'port'>,
  question: Buffer,
  isYes: (answer: Buffer) => boolean,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(deadlineMs, () => settle(false));
    socket.once('connect', () => socket.write(question));
    socket.once('data', (answer) => settle(isYes(answer)));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}

/** https://www.postgresql.org/docs/18/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-STARTUPMESSAGE */
function startupPacket(parameters: Readonly<Record<string, string>>): Buffer {
  const fields = Buffer.from(`${Object.entries(parameters).flat().join('\0')}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + fields.length, 0);
  head.writeInt32BE(0x00030000, 4);
  return Buffer.concat([head, fields]);
}
