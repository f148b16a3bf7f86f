import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { readProxies } from './read-proxies.ts';
import { toxiproxyApi } from './toxiproxy.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A Toxiproxy that says nothing to the first questions, as one on a machine that stalls. */
const silentTo = async (
  questions: number,
): Promise<{ readonly port: number; readonly asked: () => number }> => {
  let asked = 0;
  server = createServer((_request, response) => {
    asked += 1;
    if (asked > questions) response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, asked: () => asked };
};

it('asks one that is late again, as long as it has patience', async () => {
  const { port, asked } = await silentTo(2);
  expect(await readProxies(toxiproxyApi(port), 60_000)).toEqual({});
  expect(asked()).toBeGreaterThanOrEqual(3);
});

it('asks once without patience', async () => {
  const { port, asked } = await silentTo(1);
  expect(await readProxies(toxiproxyApi(port), 0)).toBeUndefined();
  expect(asked()).toBeLessThanOrEqual(1);
});

it('does not wait for one that is gone', async () => {
  const { port } = await silentTo(0);
  await new Promise((resolve) => server.close(resolve));
  const from = performance.now();
  expect(await readProxies(toxiproxyApi(port), 3_600_000)).toBeUndefined();
  expect(performance.now() - from).toBeLessThan(60_000);
});
