import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Plan } from '../journal/event.ts';
import { fixturePlan } from '../report/testing/fixture-journal.ts';
import { AlertWatch } from './alert-watch.ts';
import { awaitQuiet } from './await-pages.ts';
import type { ConductOptions } from './conduct-options.ts';
import { Guards } from './guards.ts';
import { Stop } from './stop.ts';

/** Answers as a Prometheus without an alert whose every query has one value, until it is deaf: then 503. */
let prometheus: Server;
let value = '1';
let deaf = false;
let asked = 0;
let nowMs = 0;

beforeEach(async () => {
  [value, deaf, asked, nowMs] = ['1', false, 0, 0];
  prometheus = createServer(({ url = '' }, response) => {
    asked += 1;
    response.statusCode = deaf ? 503 : 200;
    const data = url.startsWith('/api/v1/alerts')
      ? { alerts: [] }
      : { resultType: 'vector', result: [{ value: [0, value] }] };
    response.end(deaf ? 'starting' : JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
});
afterEach(() => prometheus.close());

/** Runs what it is given while a run is guarded; ends with why the run was stopped, if it was. */
async function guarded(
  abort: Partial<ConductOptions['plan']['abort']>,
  act: (stop: Stop) => Promise<void>,
  before: (guards: Guards, watch: AlertWatch, plan: Plan) => Promise<void> = () => Promise.resolve(),
): Promise<string | undefined> {
  const { port } = prometheus.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const now = () => nowMs;
  const watch = new AlertWatch({
    ...{ prometheusUrl: url, receiverUrl: url, lokiUrl: url, burnWindow: '1m', service: 'shop-l1' },
    ...{ since: 0, record: () => {}, now },
  });
  const stop = new Stop(now);
  const plan = { ...fixturePlan, abort: { ...fixturePlan.abort, alerts: [], queries: [], ...abort } };
  const lab = { nodes: { 'prometheus-1': { http: port } } } as unknown as ConductOptions['lab'];
  const guards = new Guards({ plan, lab, stop }, watch, now);
  watch.start();
  try {
    await watch.looked;
    await before(guards, watch, plan);
    guards.start();
    await act(stop);
    return stop.reason;
  } finally {
    await guards.stop();
    await watch.stop();
  }
}

/** Until both looked a few times more. */
async function looks(): Promise<void> {
  const before = asked;
  await expect.poll(() => asked, { timeout: 60_000 }).toBeGreaterThan(before + 9);
}

const alerts = [{ alert: 'CheckoutAvailability', severity: 'page' as const }];
const queries = [{ query: 'x', above: 3, reason: 'because of the test' }];

/** Nothing is heard from now on, and 15.001 s go by. */
async function deafen(stop: Stop): Promise<void> {
  deaf = true;
  await looks();
  // One answer may have been on its way. Nobody is blind yet.
  expect(stop.reason).toBeUndefined();
  nowMs += 15_001;
  await expect.poll(() => stop.reason, { timeout: 60_000 }).toBeDefined();
}

test('a guard that sees its alerts and queries stops nothing, however long it takes', async () => {
  const reason = await guarded({ alerts, queries }, async () => {
    for (let step = 0; step < 3; step++) {
      nowMs += 10_000;
      await looks();
    }
  });
  expect(reason).toBeUndefined();
});

test('a guard that could not see its alerts for 15 s stops the run: it guards nothing', async () => {
  expect(await guarded({ alerts }, deafen)).toBe('guard: blind for 15 s to alerts');
});

test('so does one whose query is no longer answered', async () => {
  expect(await guarded({ queries }, deafen)).toMatch(/^guard: blind for 15 s to x: /);
});

test('blindness to alerts is nothing to a run that no alert guards', async () => {
  const reason = await guarded({}, async () => {
    deaf = true;
    nowMs += 60_000;
    await looks();
  });
  expect(reason).toBeUndefined();
});

test('what a query is over from before the run is waited for, and stops nothing', async () => {
  const waitedFor: string[] = [];
  value = '4';
  const reason = await guarded({ queries }, looks, async (guards, watch, plan) => {
    const figure = (text: string): void => {
      waitedFor.push(text);
      value = '3';
    };
    const progress = { phase: () => {}, note: () => {}, figure, end: () => {} };
    await awaitQuiet({ plan, progress, stop: new Stop() }, watch, guards);
  });
  expect(waitedFor).toEqual(['waiting for what an earlier run left: x is above 3, it is 4']);
  expect(reason).toBeUndefined();
});

test('a query that goes over its threshold stops the run, and says why', async () => {
  const reason = await guarded({ queries }, async (stop) => {
    await looks();
    value = '4';
    await expect.poll(() => stop.reason, { timeout: 60_000 }).toBeDefined();
  });
  expect(reason).toBe('guard: x is above 3, it is 4: because of the test');
});
