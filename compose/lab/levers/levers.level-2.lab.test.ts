import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { edgeUrl, nodeUrl } from '../addresses.ts';
import { killNode } from '../control/nodes.ts';
import { buy, sale } from '../testing/buy.ts';
import { eventually } from '../testing/eventually.ts';
import { type SharedLab, sharedLab } from '../testing/shared-lab.ts';
import { releaseOn } from './apis.ts';
import { leverOf } from './lever.ts';
import { readOperations, untouched } from './operations.ts';
import { pullLever } from './pull-lever.ts';
import { askHaproxy } from './runtime-socket.ts';

let lab: SharedLab;
let shop: string;
beforeAll(async () => {
  lab = await sharedLab(2);
  shop = edgeUrl(lab.state, 'client-1:edge-1');
});
// What a test that failed in the middle left is no other file's.
afterAll(async () => {
  for (const api of readOperations(lab.state).drained) await pull(`undrain ${api}`);
  while (readOperations(lab.state).releases.length > 1) await pull('rollback');
  expect(readOperations(lab.state)).toEqual(untouched);
});

const pull = (words: string) => {
  const lever = leverOf(words);
  if (lever === undefined) throw new Error(`no lever: ${words}`);
  return pullLever(lab.state, lever);
};
/** By the API itself: what Prometheus has of it is up to a second old. */
const requestsOf = async (api: string): Promise<number> => {
  const text = await (await fetch(`${nodeUrl(lab.state, api)}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => /^http_server_request_duration_seconds_count\{.*http_route="\/orders"/.test(line))
    .reduce((sum, line) => sum + Number(/\} (\S+)/.exec(line)?.[1]), 0);
};

/**
 * Users who come one after the other, until told to stop.
 * @returns what ends them when enough were answered: what each was told, its status or why there was none. A machine that is too
 * slow is no API that was stopped: that breaks connections, and leaves the edge with nobody to ask. All buy the same product: where the
 * machine stalls, who waits for its row is told that the shop is busy.
 */
function shoppers(count: number): () => Promise<readonly string[]> {
  const enough = new AbortController();
  const answers: string[] = [];
  const working = Array.from({ length: count }, async () => {
    while (!enough.signal.aborted) {
      const answer = await buy(shop).then(
        ({ status, body }) => (status === 201 ? '201' : `${status} ${body}`),
        (error: Error) => error.message,
      );
      if (!/^504|"(database-unavailable|busy)"/.test(answer)) answers.push(answer);
    }
  });
  const end = async () => {
    enough.abort();
    await Promise.all(working);
  };
  onTestFinished(end);
  return async () => {
    await eventually('enough were answered', async () => (answers.length > 10 ? true : undefined));
    await end();
    return answers;
  };
}

it('drains an API without a failed request, leaves it out over a restart of the edge, and lets it in again', async () => {
  const end = shoppers(3);
  expect(await pull('drain api-1')).toBe('api-1 is out, nothing under way; api-2 serves');
  expect(await pull('drain api-1')).toBe('api-1 is out already');
  await expect(pull('drain api-2')).rejects.toMatchObject({
    code: 'lever-refused',
    message: 'nobody else would serve: api-1 is out already',
  });
  const seen = await requestsOf('api-1');
  const before = await requestsOf('api-2');
  await eventually('api-2 to serve on', async () =>
    (await requestsOf('api-2')) > before + 5 ? true : undefined,
  );
  expect(await requestsOf('api-1')).toBe(seen);
  expect(new Set(await end())).toEqual(new Set(['201']));

  await killNode(lab.state, 'edge-1');
  await lab.control.healAll();
  await sale(shop);
  expect(await askHaproxy(lab.state, 'edge-1', 'show servers state shop')).toContain('api-1');
  const out = await requestsOf('api-1');
  for (let round = 0; round < 6; round += 1) await sale(shop);
  expect(await requestsOf('api-1')).toBe(out);

  expect(await pull('undrain api-1')).toBe('api-1 is in again');
  expect(await pull('undrain api-1')).toBe('api-1 is in already');
  await eventually('api-1 to serve', async () => {
    await buy(shop);
    return (await requestsOf('api-1')) > out ? true : undefined;
  });
});

it('rolls a release out and back without a failed request', async () => {
  const end = shoppers(2);
  const bothRun = (release: string) =>
    eventually(`both run ${release}`, async () => {
      const seen = [await releaseOn(lab.state, 'api-1'), await releaseOn(lab.state, 'api-2')];
      expect(seen).toEqual([release, release]);
      return true;
    });
  await pull('deploy 2026.51');
  await bothRun('2026.51');
  await pull('rollback');
  await bothRun('2026.47');
  expect(new Set(await end())).toEqual(new Set(['201']));
});

it('restarts one of two APIs without a failed request, and shows users nothing of the operator’s door', async () => {
  const end = shoppers(2);
  expect(await pull('restart api-2')).toMatch(/^api-2 was restarted, and is ready/);
  expect(new Set(await end())).toEqual(new Set(['201']));
  expect((await fetch(`${shop}/admin/settings`)).status).toBe(404);
});
