import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { plainState } from '../testing/plain-context.ts';
import { wantedProxies } from './edges.ts';
import { healEdges } from './heal.ts';
import { nativeRunner } from './native-runner.ts';
import { toxiproxyApi } from './toxiproxy.ts';

const state = plainState();
const edge = 'api-1:pg-1';
const whole = Object.fromEntries(
  wantedProxies(state).map(({ name, ...rest }) => [name, { ...rest, toxics: [] }]),
);

/** Heals an edge of a Toxiproxy whose edges are whole, and which leaves the first so many calls without an answer. */
async function healWhileDeafTo(calls: number): Promise<number> {
  let asked = 0;
  let rebuilt = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (asked > calls) response.end(JSON.stringify(whole));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await healEdges(
    {
      state,
      runner: nativeRunner(state),
      api: toxiproxyApi((server.address() as AddressInfo).port),
      rebuild: async () => {
        rebuilt += 1;
      },
      revive: async () => {},
    },
    [edge],
  );
  return rebuilt;
}

it('starts Toxiproxy anew when it does not answer, and again when the machine then stalls for a second', async () => {
  expect(await healWhileDeafTo(1)).toBe(1);
  expect(await healWhileDeafTo(2)).toBe(2);
});

it('says what is not as it should be when a new Toxiproxy, too, is deaf', async () => {
  await expect(healWhileDeafTo(Number.POSITIVE_INFINITY)).rejects.toMatchObject({
    code: 'heal-failed',
    message: expect.stringContaining(`${edge} missing`),
  });
});
