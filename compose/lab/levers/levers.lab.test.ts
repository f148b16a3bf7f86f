import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeUrl } from '../addresses.ts';
import { processesOfNode } from '../control/lab-processes.ts';
import { killNode } from '../control/nodes.ts';
import { labStatus } from '../status/lab-status.ts';
import { askPrometheus } from '../testing/ask.ts';
import { buy, sale } from '../testing/buy.ts';
import { eventually } from '../testing/eventually.ts';
import { type SharedLab, sharedLab } from '../testing/shared-lab.ts';
import { leverOf } from './lever.ts';
import { readOperations, untouched } from './operations.ts';
import { pullLever } from './pull-lever.ts';

let lab: SharedLab;
let shop: string;
beforeAll(async () => {
  lab = await sharedLab(1);
  shop = edgeUrl(lab.state, 'client-1:api-1');
});

const pull = (words: string) => {
  const lever = leverOf(words);
  if (lever === undefined) throw new Error(`no lever: ${words}`);
  return pullLever(lab.state, lever);
};
/** The status of an order; that of the catalogue, where already that fails. */
const bought = () =>
  buy(shop).then(
    ({ status }) => status,
    (error: Error) => Number.parseInt(error.message, 10),
  );
const isError = (status: number): boolean => status >= 500;
const mode = async (name: string) =>
  (await askPrometheus(lab.state, `shop_mode{mode="${name}"}`)).map(({ value }) => value);

afterAll(async () => {
  await pull('read-only off');
  await pull('payment-fallback off');
  await pull('shed-load off');
  while (readOperations(lab.state).releases.length > 1) await pull('rollback');
  // A key of its own is no state that anybody else would notice; everything else is as in a fresh lab.
  const { paymentKey: _key, ...rest } = readOperations(lab.state);
  expect(rest).toEqual(untouched);
});

describe('read-only', () => {
  it('stops writes at once, and is seen in status and metrics', async () => {
    expect(await pull('read-only on')).toBe('read-only is on: api-1');
    expect(await bought()).toBe(503);
    expect((await labStatus(lab.state)).operations.readOnly).toBe(true);
    await eventually('Prometheus to show it', async () =>
      (await mode('read_only'))[0] === 1 ? true : undefined,
    );
  });

  it('outlives a kill of the API and a heal, and ends when it is told to', async () => {
    await killNode(lab.state, 'api-1');
    await lab.control.healAll();
    expect(await bought()).toBe(503);
    expect(await pull('read-only on')).toBe('read-only is on: api-1');
    await killNode(lab.state, 'api-1');
    expect(await pull('read-only off')).toBe('read-only is off: api-1 is down and starts with it');
    await lab.control.healAll();
    await sale(shop);
  });
});

it('shedding turns those away who look around, is seen in status and metrics, and ends when it is told to', async () => {
  expect(await pull('shed-load 1')).toBe('100 % of all requests are shed: api-1');
  const looked = await fetch(`${shop}/products?q=oak`);
  expect([looked.status, looked.headers.has('retry-after')]).toEqual([503, true]);
  expect(await looked.json()).toMatchObject({ code: 'shed-load' });
  expect((await labStatus(lab.state)).operations.shedShare).toBe(1);
  await eventually('Prometheus to show it', async () =>
    (await mode('shed_load'))[0] === 1 ? true : undefined,
  );
  await pull('shed-load off');
  await sale(shop);
});

it('the payment fallback accepts while the provider is away, and takes the money when it is back', async () => {
  await pull('payment-fallback on');
  await killNode(lab.state, 'payment-1');
  const { body } = await eventually('an order to be accepted', async () => {
    const answer = await buy(shop);
    if (answer.status !== 202) throw new Error(`${answer.status} ${answer.body}`);
    return answer;
  });
  const { orderId } = JSON.parse(body) as { orderId: string };
  expect(await pull('restart payment-1')).toMatch(/^payment-1 was down and is started, and is ready after/);
  await eventually('the order to be paid', async () => {
    const answer = await fetch(`${shop}/orders/${orderId}`, { headers: { 'x-customer': 'c-1' } });
    const { status: now } = (await answer.json()) as { status: string };
    return now === 'paid' ? true : undefined;
  });
  await pull('payment-fallback off');
  await sale(shop);
});

it('restart ends a process and starts another', async () => {
  const before = processesOfNode(lab.state, 'api-1').map(({ pid }) => pid);
  expect(await pull('restart api-1')).toMatch(/^api-1 was restarted, and is ready after/);
  const after = processesOfNode(lab.state, 'api-1').map(({ pid }) => pid);
  expect(after.filter((pid) => before.includes(pid))).toEqual([]);
  await sale(shop);
});

it('restart shuts a server down in order: it has nothing to recover', async () => {
  const log = join(lab.state.home, 'pg-1', 'log', 'postgresql.json');
  const from = readFileSync(log, 'utf8').length;
  await pull('restart pg-1');
  // A process of its own writes the log, up to a moment later.
  const said = await eventually('its log to tell of the end and the start', async () => {
    const text = readFileSync(log, 'utf8').slice(from);
    return /database system is shut down.*database system is ready to accept/s.test(text) ? text : undefined;
  });
  expect(said).not.toContain('automatic recovery in progress');
  await sale(shop);
});

it('rotates the key with which the shop pays, twice, and the old one is good no more', async () => {
  const keyOf = () =>
    parseEnv(readFileSync(join(lab.state.home, 'api-1', 'settings.env'), 'utf8'))['SHOP_PAYMENT_TOKEN'];
  expect(await pull('rotate payment-key')).toMatch(/^the shop pays with key-\d+, \S+ is good no more$/);
  const first = keyOf();
  await pull('rotate payment-key');
  expect(keyOf()).not.toBe(first);
  await sale(shop);
  const url = `http://127.0.0.1:${lab.state.nodes['payment-1']?.['http']}/journal`;
  const asked = (key: string | undefined) => fetch(url, { headers: { authorization: `Bearer ${key}` } });
  expect((await asked(first)).status).toBe(401);
  expect((await asked(lab.state.secrets.paymentToken)).status).toBe(401);
  expect((await asked(keyOf())).status).toBe(200);
  await killNode(lab.state, 'payment-1');
  await lab.control.healAll();
  expect((await asked(first)).status).toBe(401);
  await sale(shop);
});

describe('releases', () => {
  it('one that does harm comes up all the same, and a rollback ends it', async () => {
    expect(await pull('deploy 2026.48')).toMatch(/^2026.48 runs: /);
    expect(await pull('deploy 2026.48')).toBe('2026.48 runs already');
    // Who waits for the row of the same product is turned away. One error is enough here: how many there are is the machine's speed.
    const harmed = async () => (await Promise.all(Array.from({ length: 8 }, bought))).some(isError);
    await eventually('harm', async () => ((await harmed()) ? true : undefined));
    expect((await labStatus(lab.state)).operations).toMatchObject({
      release: '2026.48',
      before: ['2026.47'],
    });
    expect(await pull('rollback')).toBe('2026.47 runs again, 2026.48 does not');
    await sale(shop);
    expect(readOperations(lab.state).releases).toEqual(['2026.47']);
  });

  it('one that has an entry of its own makes catalogue pages wait', async () => {
    await pull('deploy 2026.49');
    const began = performance.now();
    await Promise.all(Array.from({ length: 5 }, () => fetch(`${shop}/products`)));
    expect(performance.now() - began).toBeGreaterThan(700);
    await pull('rollback');
  });

  it.each([
    ['rollback', 'lever-refused', '2026.47 is the first release of this lab: there is none before it'],
    [
      'drain api-1',
      'lever-refused',
      'level 1 has no edge: users come to api-1 straight, and have nobody else',
    ],
    ['drain pg-1', 'lever-refused', 'pg-1 is no API'],
    ['deploy nope', 'usage', 'there is no release nope'],
    ['restart nope', 'usage', 'unknown node nope'],
  ])('%s is refused with one line, and nothing changes', async (words, code, message) => {
    const before = readOperations(lab.state);
    await expect(pull(words)).rejects.toMatchObject({ code, message });
    expect(readOperations(lab.state)).toEqual(before);
  });
});
