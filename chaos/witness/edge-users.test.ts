import { connect, createServer, type Server, type Socket } from 'node:net';
import { type ConnectionTable, ownSocket } from '@firedrill/lab/control';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EdgeUsers } from './edge-users.ts';

let server: Server;
let port: number;
const open: Socket[] = [];
beforeEach(async () => {
  server = createServer((socket) => socket.resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function dial(socket: Socket): Promise<Socket> {
  open.push(socket);
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}
const another = () => dial(connect(port, '127.0.0.1'));
const users = (since: 'now' | 'a minute' = 'now', table?: ConnectionTable) =>
  new EdgeUsers([{ edge: 'a:b', url: `http://127.0.0.1:${port}` }], since, table);

describe('who uses an edge', () => {
  test('is every connection of others, and none of our own', async () => {
    const seen = users();
    const own = ownSocket();
    own.connect(port, '127.0.0.1');
    await dial(own);
    seen.look();
    expect(seen.seen('a:b')).toBe(0);
    await another();
    await another();
    seen.look();
    expect(seen.seen('a:b')).toBe(2);
  });

  test('is told by the address, where another edge has the same port', async () => {
    const seen = new EdgeUsers(
      [
        { edge: 'a:b', url: `http://127.0.0.1:${port}` },
        { edge: 'c:b', url: `postgres://127.0.1.2:${port}/shop` },
      ],
      'now',
    );
    const neighbour = createServer();
    await new Promise<void>((resolve) => neighbour.listen(port, '127.0.1.2', resolve));
    await dial(connect(port, '127.0.1.2'));
    seen.look();
    expect([seen.seen('a:b'), seen.seen('c:b')]).toEqual([0, 1]);
    neighbour.close();
  });

  test('is also who came and went between two looks', async () => {
    const seen = users();
    const socket = await another();
    socket.end();
    await new Promise((resolve) => socket.once('close', resolve));
    seen.look();
    expect(seen.seen('a:b')).toBe(1);
  });

  test.each([
    ['is not who was gone before', 'now', 0],
    ['is, of the last minute, also who was gone before', 'a minute', 1],
  ] as const)('%s', async (_title, since, found) => {
    const socket = await another();
    socket.end();
    await new Promise((resolve) => socket.once('close', resolve));
    const seen = users(since);
    seen.look();
    expect(seen.seen('a:b')).toBe(found);
  });

  test('is not known where the kernel does not tell', () => {
    const read = () => {
      throw new Error('EACCES');
    };
    const seen = users('now', { read, own: [] });
    seen.look();
    expect(seen.seen('a:b')).toBe(undefined);
  });
});
