import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { edgeUrl } from '../addresses.ts';
import { createControl } from '../control/create-control.ts';
import { labDown } from '../lab-down.ts';
import type { LabState } from '../state.ts';
import { labStatus } from '../status/lab-status.ts';
import { statusTable } from '../status/status-table.ts';
import { answerMs } from '../testing/ask.ts';
import { sale } from '../testing/buy.ts';
import { eventually } from '../testing/eventually.ts';
import type { Wired } from '../wiring/wiring.ts';
import { labUp } from './lab-up.ts';

const level = 1;
const edge = 'api-1:documents-1';
const outerScope = process.env.FIREDRILL_LAB_SCOPE;

let lab: LabState;
beforeAll(async () => {
  process.env.FIREDRILL_LAB_SCOPE = `${outerScope}-documents`;
  lab = (await labUp({ level, clock: 'drill', feed: 'mongodb' })).state;
});
afterAll(async () => {
  await labDown({ level });
  process.env.FIREDRILL_LAB_SCOPE = outerScope;
});

interface Feed {
  /** `null`: the database. */
  readonly from: string | null;
  readonly orders: readonly string[];
}

const feed = async (): Promise<Feed> => {
  const { statusCode, headers, body } = await request(`${edgeUrl(lab, 'client-1:api-1')}/feed`, {
    headers: { 'x-customer': 'c-1' },
    signal: AbortSignal.timeout(answerMs),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${statusCode} ${text}`);
  const { items } = JSON.parse(text) as { items: readonly { readonly orderId?: string }[] };
  const from = headers['x-read-from'];
  return {
    from: typeof from === 'string' ? from : null,
    orders: items.flatMap(({ orderId }) => orderId ?? []),
  };
};

const isReadFrom = (from: Feed['from'], order: string) =>
  eventually(`the feed is read from ${from ?? 'the database'}`, async () => {
    const now = await feed();
    expect(now.from).toBe(from);
    expect(now.orders).toContain(order);
    return true;
  });

it('keeps feeds as documents, and shows their store as it shows every node', async () => {
  const { orderId } = JSON.parse((await sale(edgeUrl(lab, 'client-1:api-1'))).body);
  await isReadFrom('documents', orderId);
  await eventually('the status shows it', async () => {
    const status = await labStatus(lab);
    expect(status.nodes).toContainEqual(expect.objectContaining({ node: 'documents-1', ready: true }));
    expect(status.edges).toContainEqual(expect.objectContaining({ edge, state: 'enabled' }));
    expect(statusTable(status)).toContain('feeds are kept as documents');
    return true;
  });
});

it('serves feeds from the database while their store is cut off or dead, and has them again after the heal', async () => {
  const control = createControl(lab);
  const { orderId } = JSON.parse((await sale(edgeUrl(lab, 'client-1:api-1'))).body);
  for (const fault of [
    { kind: 'edge-disable', edge },
    { kind: 'node-kill', node: 'documents-1' },
  ] as const) {
    await isReadFrom('documents', orderId);
    await control.apply(fault);
    await isReadFrom(null, orderId);
    await control.healAll();
  }
  await isReadFrom('documents', orderId);
});

it('is found again by who wants documents, and no lab for who does not', async () => {
  expect(await labUp({ level, clock: 'drill', feed: 'mongodb' })).toMatchObject({
    started: false,
    state: lab,
  });
  const why: string[] = [];
  const { state } = await labUp({
    level,
    clock: 'drill',
    rewire: (processes: readonly Wired[]) =>
      processes.filter(({ name }) => name === 'toxiproxy' || name === 'pg-1'),
    onEvent: (event) => event.type === 'cleaned' && why.push(event.why),
  });
  expect(why).toEqual(['its feeds are kept in mongodb']);
  expect(state.feed).toBeUndefined();
  expect(state.nodes).not.toHaveProperty('documents-1');
});
