import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processCompose, wasLate } from './process-compose.ts';

let folder: string;
let server: Server;
let socket: string;
let silent: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-pc-'));
  socket = join(folder, 's');
  silent = false;
  server = createServer((_request, response) => {
    if (silent) return;
    const report = { name: 'api-1', status: 'Completed', is_running: false, exit_code: 3 };
    response.end(JSON.stringify(report));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const failure = (deadlineMs: number) =>
  processCompose(socket, deadlineMs)
    .process('api-1')
    .then(
      () => undefined,
      (error: unknown) => error,
    );

it('says what became of a process', async () => {
  expect(await processCompose(socket).process('api-1')).toEqual({
    name: 'api-1',
    status: 'Completed',
    running: false,
    ended: true,
    exitCode: 3,
  });
});

it('is late where it has taken a question and does not answer in time', async () => {
  silent = true;
  const error = await failure(100);
  expect(error).toMatchObject({ code: 'lab-not-running' });
  expect(wasLate(error)).toBe(true);
});

it('is not late but gone where nobody takes it', async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const error = await failure(5000);
  expect(error).toMatchObject({ code: 'lab-not-running' });
  expect(wasLate(error)).toBe(false);
});
