import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Probe } from '../state.ts';
import { isReady } from './probe.ts';

let server: Server | undefined;
afterEach(() => server?.close());

const listen = async (made: Server): Promise<number> => {
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return (made.address() as AddressInfo).port;
};

/** A machine that stalls for its second makes it miss one answer, not all. */
const untilSaid = (probe: Probe, ready: boolean) =>
  expect.poll(() => isReady(probe), { timeout: 30_000 }).toBe(ready);

describe('isReady', () => {
  it.each([
    [200, true],
    [204, true],
    [503, false],
  ])('takes HTTP %i for %s', async (status, ready) => {
    const port = await listen(createHttpServer((_request, response) => response.writeHead(status).end()));
    await untilSaid({ kind: 'http', port, path: '/readyz' }, ready);
  });

  it.each([
    ['R', true],
    ['E', false],
  ])('takes a PostgreSQL that answers %s for %s', async (answer, ready) => {
    const port = await listen(
      createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', (packet) => {
          expect(packet.readInt32BE(0)).toBe(packet.length);
          expect(packet.readInt32BE(4)).toBe(196_608);
          socket.write(answer);
        });
      }),
    );
    await untilSaid({ kind: 'postgres', port }, ready);
  });

  /** A MongoDB message whose one document is `{ok}`. */
  const pong = (ok: number): Buffer => {
    const bytes = Buffer.alloc(38);
    bytes.writeInt32LE(bytes.length, 0);
    bytes.writeInt32LE(2013, 12);
    bytes.writeInt32LE(17, 21);
    bytes.write('\x01ok\0', 25);
    bytes.writeDoubleLE(ok, 29);
    return bytes;
  };

  it.each([
    ['ok', pong(1), true],
    ['not ok', pong(0), false],
    ['half an answer', pong(1).subarray(0, 20), false],
    ['something else', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), false],
  ])('takes a document store that answers %s for %s', async (_what, answer, ready) => {
    const port = await listen(
      createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', (ping) => {
          expect(ping.readInt32LE(0)).toBe(ping.length);
          expect(ping.readInt32LE(12)).toBe(2013);
          socket.write(answer);
        });
      }),
    );
    await untilSaid({ kind: 'mongodb', port }, ready);
  });

  it.each([
    [{}, 'postgres'],
    [{ database: 'shop' }, 'shop'],
  ])('asks for a database that is there: %j', async (which, database) => {
    const asked = Promise.withResolvers<string>();
    const port = await listen(
      createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', (packet) => {
          asked.resolve(packet.toString('utf8', 8));
          socket.write('R');
        });
      }),
    );
    await untilSaid({ kind: 'postgres', port, ...which }, true);
    expect(await asked.promise).toBe(`user\0${database}\0database\0${database}\0\0`);
  });

  it('takes silence for not ready, within about a second', async () => {
    const port = await listen(createServer((socket) => socket.on('error', () => {})));
    const from = performance.now();
    expect(await isReady({ kind: 'http', port, path: '/' })).toBe(false);
    expect(await isReady({ kind: 'postgres', port })).toBe(false);
    // Each has a second; without one neither would end.
    expect(performance.now() - from).toBeLessThan(60_000);
  });
});
