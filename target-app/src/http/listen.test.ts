import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { listen, stopListening } from './listen.ts';

/** Longer than the test may take. */
const graceMs = 600_000;

it('stops when what was under way has ended, also where its client keeps the connection', async () => {
  const [arrived, may] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const server = await listen(
    'test',
    async (_request, response) => {
      arrived.resolve();
      await may.promise;
      response.end('done');
    },
    { host: '127.0.0.1', port: 0 },
  );
  const { port } = server.address() as AddressInfo;
  const asked = fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());
  await arrived.promise;
  const stopped = stopListening(server, graceMs);
  may.resolve();
  expect(await asked).toBe('done');
  await stopped;
});
