import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it, vi } from 'vitest';
import { admitAtMost } from './admission.ts';

it('turns away the one too many at once, and lets the next in when one has gone', async () => {
  const app = express();
  const waiting: (() => void)[] = [];
  app.use(admitAtMost(2));
  app.get('/', (_request, response) => {
    waiting.push(() => response.end('done'));
    if (waiting.length === 2) arrived.resolve();
  });
  app.get('/quick', (_request, response) => {
    response.end('done');
  });
  const arrived = Promise.withResolvers<void>();
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const admitted = [fetch(url), fetch(url)];
  await arrived.promise;
  const refused = await fetch(url);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await refused.json()).toMatchObject({ code: 'busy' });
  for (const finish of waiting.splice(0)) finish();
  expect((await Promise.all(admitted)).map((response) => response.status)).toEqual([200, 200]);
  await vi.waitFor(async () => expect((await fetch(`${url}quick`)).status).toBe(200), {
    timeout: 30_000,
  });
  server.close();
  server.closeAllConnections();
});
