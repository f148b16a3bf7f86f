import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { readOperations } from '../ledger/ledger-reader.ts';
import { foldWrites } from '../ledger/operations.ts';
import type { Journey, SessionToken } from '../target.ts';
import { LoadRun } from './load-run.ts';
import { type LoadConfigInput, type LoadEvent, loadConfigSchema } from './protocol.ts';
import { perSecondSeries } from './series.ts';
import { answerJson, type Loopback, loopback, scrape } from './testing/loopback.ts';

const folder = mkdtempSync(join(tmpdir(), 'firedrill-load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const look: Journey = {
  operation: 'look',
  weight: 1,
  write: false,
  request: ({ random }) => ({ method: 'GET', path: `/look/${Math.floor(random() * 1e9)}` }),
};
const buy: Journey = {
  operation: 'buy',
  weight: 1,
  write: true,
  request: ({ newKey, random }) => ({ method: 'POST', path: '/buy', key: newKey(), body: { n: random() } }),
};

/** Plain numbers, as a shop could tell them. */
const session: SessionToken = {
  header: 'x-token',
  later: (a, b) => (Number(a) > Number(b) ? a : b),
};

/** A started load in this process; `finish` stops it and reads its ledger. */
async function startLoad(
  server: Loopback,
  journeys: readonly Journey[],
  more: Partial<LoadConfigInput> = {},
) {
  const ledgerPath = join(folder, `ledger-${files++}.jsonl`);
  const config = loadConfigSchema.parse({
    targetName: 'test',
    baseUrl: server.baseUrl,
    metricsPort: 0,
    rps: 100,
    seed: 1,
    ledgerPath,
    arrivals: 'paced',
    warmUpMs: 0,
    settlePauseMs: 20,
    // A machine that stalls for some seconds makes nobody's answer too late.
    deadlineMs: 60_000,
    ...more,
  });
  const events: LoadEvent[] = [];
  const run = await LoadRun.open(config, { journeys, session }, (event) => events.push(event));
  const [ready] = events;
  const port = ready?.type === 'ready' ? ready.metricsPort : 0;
  const starting = run.start();
  await scrape(port);
  await starting;
  const startedAtMs = events.flatMap((event) => (event.type === 'started' ? event.startedAtMs : []))[0] ?? 0;
  return {
    run,
    port,
    startedAtMs,
    finish: async () => {
      const stopped = await run.stop();
      return { stopped, operations: await readOperations(ledgerPath) };
    },
    sent: (count: number) =>
      vi.waitFor(() => expect(server.requests.length).toBeGreaterThanOrEqual(count), {
        timeout: 60_000,
        interval: 5,
      }),
  };
}

test('sends nothing before Prometheus has read every series at 0', async () => {
  await using server = await loopback((_, response) => answerJson(response, 200, {}));
  const events: LoadEvent[] = [];
  const run = await LoadRun.open(
    loadConfigSchema.parse({
      targetName: 'test',
      baseUrl: server.baseUrl,
      metricsPort: 0,
      rps: 1000,
      seed: 1,
      ledgerPath: join(folder, 'gate.jsonl'),
    }),
    { journeys: [look, buy] },
    (event) => events.push(event),
  );
  const port = events[0]?.type === 'ready' ? events[0].metricsPort : 0;
  const starting = run.start();
  // A person who looks at /metrics is no scrape.
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  for (const operation of ['look', 'buy']) {
    for (const outcome of ['good', 'bad', 'excluded']) {
      const labels = `operation="${operation}",outcome="${outcome}"`;
      expect(text).toContain(`client_requests_total{${labels}} 0\n`);
      expect(text).toContain(`client_request_duration_seconds_count{${labels}} 0\n`);
      expect(text).toContain(`client_request_duration_seconds_bucket{le="0.25",${labels}} 0\n`);
    }
  }
  expect(text).toContain('client_arrivals_late_total 0\n');
  expect(text).toContain('client_arrivals_dropped_total 0\n');
  expect(events.map((event) => event.type)).toEqual(['ready']);
  expect(server.requests).toHaveLength(0);
  await scrape(port);
  await starting;
  expect(events.map((event) => event.type)).toEqual(['ready', 'scraped', 'started']);
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(0), { timeout: 30_000 });
  await run.close();
});

test('ledger, metrics, summary and the server agree on every request', async () => {
  await using server = await loopback((request, response) => {
    const n = server.requests.length % 10;
    if (n === 0) request.socket.destroy();
    else answerJson(response, n === 1 ? 500 : n === 2 ? 404 : 200, { code: 'c' });
  });
  const load = await startLoad(server, [look, buy], { rps: 300 });
  await load.sent(300);
  const { stopped, operations } = await load.finish();
  const text = await scrape(load.port);
  await load.run.close();

  expect(operations).toHaveLength(server.requests.length);
  expect(stopped.sent).toBe(server.requests.length);
  expect(
    operations.every(
      ({ invoke, result }) => result !== undefined && invoke.at >= invoke.due && result.at >= invoke.at,
    ),
  ).toBe(true);
  for (const operation of ['look', 'buy']) {
    const mine = operations.filter(({ invoke }) => invoke.operation === operation);
    for (const outcome of ['good', 'bad', 'excluded'] as const) {
      const count = mine.filter(({ result }) => result?.sli === outcome).length;
      expect(count).toBeGreaterThan(0);
      expect(text).toContain(
        `client_requests_total{operation="${operation}",outcome="${outcome}"} ${count}\n`,
      );
      expect(text).toContain(
        `client_request_duration_seconds_count{operation="${operation}",outcome="${outcome}"} ${count}\n`,
      );
    }
    const counted = mine.filter(({ result }) => result?.sli !== 'excluded').length;
    expect(stopped.latency[operation]?.count).toBe(counted);
  }
  const keys = operations.flatMap(({ invoke }) => invoke.key ?? []);
  const received = server.requests.flatMap(({ headers }) => headers['idempotency-key'] ?? []);
  expect(received.toSorted()).toEqual(keys.toSorted());
});

test('the same seed sends the same requests at the same offsets', async () => {
  await using server = await loopback((_, response) => answerJson(response, 200, {}));
  const once = async (seed: number) => {
    const before = server.requests.length;
    const load = await startLoad(server, [look, buy], { seed, rps: 200, arrivals: 'poisson' });
    await load.sent(before + 100);
    const { operations } = await load.finish();
    await load.run.close();
    return operations.slice(0, 100).map(({ invoke: { due, operation, customer, path, key, body } }) => ({
      // The ledger keeps microseconds since the epoch.
      offset: Math.round((due - load.startedAtMs) * 10) / 10,
      request: { operation, customer, path, key, body },
    }));
  };
  const [first, again, other] = [await once(7), await once(7), await once(8)];
  expect(again.map(({ request }) => request)).toEqual(first.map(({ request }) => request));
  for (const [i, { offset }] of first.entries())
    expect(Math.abs(offset - (again[i]?.offset ?? 0))).toBeLessThanOrEqual(0.2);
  expect(other.map(({ request }) => request)).not.toEqual(first.map(({ request }) => request));
});

test('a server that stalls for a second is slow for all who came in that second, not for one', async () => {
  let releaseAt = 0;
  const waiting: (() => void)[] = [];
  await using server = await loopback((_, response) => {
    const answer = (): void => answerJson(response, 200, {});
    if (server.requests.length === 50) {
      releaseAt = performance.now() + 1000;
      setTimeout(() => {
        releaseAt = 0;
        for (const release of waiting) release();
      }, 1000);
    }
    if (releaseAt > 0) waiting.push(answer);
    else answer();
  });
  const load = await startLoad(server, [look]);
  await load.sent(220);
  const { stopped, operations } = await load.finish();
  await load.run.close();
  const slow = operations.filter(({ result }) => (result?.latencyMs ?? 0) > 500).length;
  // 100 a second come: about half of those in the stalled second wait longer than half of it. A closed loop would show one.
  expect(slow).toBeGreaterThan(35);
  expect(stopped.latency['look']?.p90Ms).toBeGreaterThan(500);
  const [series] = perSecondSeries(operations, {
    startedAtMs: load.startedAtMs,
    groups: [{ name: 'look', operations: ['look'], thresholdsMs: [500] }],
  });
  expect(series?.seconds.reduce((sum, second) => sum + (second.slow[500] ?? 0), 0)).toBe(slow);
});

test('time-outs count as bad, with their three seconds, where Prometheus sees them', async () => {
  await using server = await loopback(() => {});
  const load = await startLoad(server, [buy], { rps: 50, deadlineMs: 300 });
  await load.sent(20);
  const { operations } = await load.finish();
  const text = await scrape(load.port);
  await load.run.close();
  for (const { result } of operations) {
    expect(result).toMatchObject({ type: 'unknown', sli: 'bad', code: 'timeout' });
    expect(result?.latencyMs).toBeGreaterThanOrEqual(295);
  }
  expect(text).toContain(`client_requests_total{operation="buy",outcome="bad"} ${operations.length}\n`);
  expect(text).toContain(
    `client_request_duration_seconds_bucket{le="0.25",operation="buy",outcome="bad"} 0\n`,
  );
  await vi.waitFor(() => expect(server.sockets.size).toBe(0), { timeout: 30_000 });
});

test('arrivals beyond the bound in flight are dropped, counted and never sent', async () => {
  await using server = await loopback(() => {});
  const load = await startLoad(server, [look], { maxInFlight: 5 });
  await load.sent(5);
  await vi.waitFor(
    async () => expect(await scrape(load.port)).toMatch(/client_arrivals_dropped_total [1-9]\d/),
    { timeout: 60_000 },
  );
  expect(server.requests).toHaveLength(5);
  await load.run.close();
});

test('settle retries a half by key until the answer is definite and leaves the other half alone', async () => {
  const attempts = new Map<string, number>();
  await using server = await loopback((request, response) => {
    const key = String(request.headers['idempotency-key']);
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    if (attempt === 1) request.socket.destroy();
    else if (attempt === 2) answerJson(response, 409, { code: 'idempotency-key-in-flight' });
    else if (attempt === 3) answerJson(response, 503, { code: 'unavailable' });
    else answerJson(response, 201, { key });
  });
  const load = await startLoad(server, [buy]);
  await load.sent(41);
  const settled = await load.run.settle();
  const { stopped, operations } = await load.finish();
  const text = await scrape(load.port);
  await load.run.close();

  const writes = foldWrites(operations);
  expect(settled).toEqual({
    unknown: stopped.sent,
    retried: Math.ceil(stopped.sent / 2),
    resolved: Math.ceil(stopped.sent / 2),
    left: Math.floor(stopped.sent / 2),
  });
  expect(writes.filter(({ state }) => state === 'ok')).toHaveLength(settled.resolved);
  for (const { key, state, attempts: tries } of writes) {
    expect(tries.length).toBe(state === 'ok' ? 4 : 1);
    expect(attempts.get(key ?? '')).toBe(tries.length);
    const [first, ...retries] = tries.map(({ invoke }) => invoke);
    for (const retry of retries)
      expect(retry).toMatchObject({ retryOf: first?.id, body: first?.body, path: first?.path });
  }
  // The users saw only their own attempts.
  expect(text).toContain(`client_requests_total{operation="buy",outcome="bad"} ${stopped.sent}\n`);
  expect(text).toContain('client_requests_total{operation="buy",outcome="good"} 0\n');
});

test('settle gives up after its tries and says so', async () => {
  await using server = await loopback((_, response) => answerJson(response, 503, {}));
  const load = await startLoad(server, [buy], { settleTries: 3, settlePauseMs: 1 });
  await load.sent(10);
  const { stopped } = await load.finish();
  const settled = await load.run.settle();
  await load.run.close();
  expect(settled).toEqual({
    unknown: stopped.sent,
    retried: Math.ceil(stopped.sent / 2),
    resolved: 0,
    left: Math.floor(stopped.sent / 2),
  });
  expect(server.requests).toHaveLength(stopped.sent + 3 * settled.retried);
});

test('each customer sends the latest token that they were told, and the ledger has both', async () => {
  let told = 0;
  await using server = await loopback((_request, response) => {
    // Every second one comes out of its turn.
    told += 1;
    response.setHeader('x-token', String(told % 2 === 0 ? told - 2 : told));
    answerJson(response, 201, {});
  });
  const load = await startLoad(server, [buy], { customers: 3, rps: 200 });
  await load.sent(60);
  // After a stall of the machine many come at once, and nobody was told anything before.
  const showing = (): readonly unknown[] =>
    server.requests.flatMap(({ headers }) => ('x-token' in headers ? [headers['x-customer']] : []));
  await vi.waitFor(() => expect(new Set(showing()).size).toBe(3), { timeout: 60_000, interval: 5 });
  const { operations } = await load.finish();
  for (const { invoke } of operations) {
    const heard = operations.flatMap(({ invoke: { customer }, result }) =>
      customer === invoke.customer && result !== undefined && result.at < invoke.at ? [result.token] : [],
    );
    expect(Number(invoke.token ?? 0)).toBeGreaterThanOrEqual(Math.max(0, ...heard.map(Number)));
  }
  const sent = operations.flatMap(({ invoke: { customer, token } }) =>
    token === undefined ? [] : [customer],
  );
  expect(new Set(sent).size).toBe(3);
  expect(server.requests.filter(({ headers }) => 'x-token' in headers)).toHaveLength(sent.length);
});
