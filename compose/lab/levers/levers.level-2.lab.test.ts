import { afterAll, beforeAll, expect, it } from 'vitest';
import { edgeUrl } from '../addresses.ts';
import { killNode } from '../control/nodes.ts';
import { askPrometheus } from '../testing/ask.ts';
import { buy } from '../testing/buy.ts';
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
afterAll(() => {
  expect(readOperations(lab.state)).toEqual(untouched);
});

const pull = (words: string) => {
  const lever = leverOf(words);
  if (lever === undefined) throw new Error(`no lever: ${words}`);
  return pullLever(lab.state, lever);
};
const requestsOf = async (api: string) => {
  const [found] = await askPrometheus(
    lab.state,
    `sum(http_server_request_duration_seconds_count{instance="${api}",http_route="/orders"})`,
  );
  return found?.value ?? 0;
};

/**
 * Users who come one after the other, until told to stop.
 * @returns what each was answered: its status, or why there was none. A database that is too busy is no API's that was stopped.
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
      if (!answer.includes('"database-unavailable"')) answers.push(answer);
    }
  });
  return async () => {
    enough.abort();
    await Promise.all(working);
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
  await buy(shop);
  const seen = await requestsOf('api-1');
  const before = await requestsOf('api-2');
  await eventually('api-2 to serve on', async () =>
    (await requestsOf('api-2')) > before + 5 ? true : undefined,
  );
  expect(await requestsOf('api-1')).toBe(seen);
  expect(new Set(await end())).toEqual(new Set(['201']));

  await killNode(lab.state, 'edge-1');
  await lab.control.healAll();
  await eventually('the shop to sell', async () => ((await buy(shop)).status === 201 ? true : undefined));
  expect(await askHaproxy(lab.state, 'edge-1', 'show servers state shop')).toContain('api-1');
  const out = await requestsOf('api-1');
  for (let round = 0; round < 6; round += 1) await buy(shop);
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
  await pull('deploy 2026.51');
  expect([await releaseOn(lab.state, 'api-1'), await releaseOn(lab.state, 'api-2')]).toEqual([
    '2026.51',
    '2026.51',
  ]);
  await pull('rollback');
  expect([await releaseOn(lab.state, 'api-1'), await releaseOn(lab.state, 'api-2')]).toEqual([
    '2026.47',
    '2026.47',
  ]);
  const answers = await end();
  expect(answers.length).toBeGreaterThan(10);
  expect(new Set(answers)).toEqual(new Set(['201']));
});

it('restarts one of two APIs without a failed request, and shows users nothing of the operator’s door', async () => {
  const end = shoppers(2);
  expect(await pull('restart api-2')).toMatch(/^api-2 was restarted, and is ready/);
  expect(new Set(await end())).toEqual(new Set(['201']));
  expect((await fetch(`${shop}/admin/settings`)).status).toBe(404);
});
