import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@firedrill/provision';
import { expect, onTestFinished, test } from 'vitest';
import { mongodbConnection } from './mongodb-connection.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** A real FerretDB. */
async function startStore(): Promise<string> {
  const ferretdb = (await provision(['ferretdb'])).get('ferretdb');
  if (ferretdb === undefined) throw new Error('ferretdb was not provided');
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-documents-'));
  const port = await freePort();
  const store = spawn(
    ferretdb.bin('ferretdb'),
    [
      `--listen-addr=127.0.0.1:${port}`,
      '--handler=sqlite',
      `--sqlite-url=file:${folder}/`,
      '--log-level=error',
    ],
    { stdio: 'ignore' },
  );
  onTestFinished(async () => {
    store.kill('SIGKILL');
    await new Promise((resolve) => store.once('exit', resolve));
    await rm(folder, { recursive: true });
  });
  return `mongodb://127.0.0.1:${port}`;
}

test('a document store answers again and again, takes leave, and hangs up on what is no message', async () => {
  const url = await startStore();
  await expect.poll(() => mongodbConnection(url).ask(), { timeout: 60_000 }).toBe('answered');

  const old = mongodbConnection(url);
  for (let round = 0; round < 3; round += 1) expect(await old.ask()).toBe('answered');
  expect(old.line.receivedBytes).toBeGreaterThan(3 * 16);
  await old.farewell(60_000);
  expect(old.line.socket.closed).toBe(true);
  expect(await old.ask()).toBe('closed');

  expect(await mongodbConnection(url).askToHangUp()).toMatch(/^(closed|reset)$/);
});

test('where nobody listens it is refused', async () => {
  expect(await mongodbConnection(`mongodb://127.0.0.1:${await freePort()}`).ask()).toBe('refused');
});
