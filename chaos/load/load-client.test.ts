import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { trafficShare } from '@firedrill/slo';
import { afterAll, expect, test, vi } from 'vitest';
import { readOperations } from '../ledger/ledger-reader.ts';
import { targetByName } from '../targets/target-by-name.ts';
import { type LoadClient, startLoadClient } from './load-client.ts';
import type { LoadConfigInput, LoadProgress } from './protocol.ts';
import { answerJson, type Loopback, loopback, scrape } from './testing/loopback.ts';

const folder = mkdtempSync(join(tmpdir(), 'firedrill-client-'));
const clients: LoadClient[] = [];
afterAll(() => {
  for (const client of clients) client.kill();
  rmSync(folder, { recursive: true, force: true });
});
let files = 0;
const configFor = (server: Loopback, more: Partial<LoadConfigInput> = {}): LoadConfigInput => ({
  targetName: 'shop',
  baseUrl: server.baseUrl,
  metricsPort: 0,
  rps: 50,
  seed: 1,
  ledgerPath: join(folder, `ledger-${files++}.jsonl`),
  // A machine that stalls for some seconds makes nobody's answer too late.
  deadlineMs: 60_000,
  ...more,
});
const clientOf = (config: LoadConfigInput): LoadClient => {
  const client = startLoadClient(config, { cwd: folder });
  clients.push(client);
  return client;
};
const answering = (): Promise<Loopback> =>
  loopback((request, response) =>
    answerJson(response, request.method === 'POST' ? 201 : 200, { orderId: 'o-1' }),
  );
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a whole load: ready, scraped, started, progress, stopped, settled, quit', async () => {
  await using server = await answering();
  const config = configFor(server);
  const client = clientOf(config);
  const progress: LoadProgress[] = [];
  client.onProgress((event) => progress.push(event));
  const starting = client.start();
  await scrape((await client.ready).metricsPort);
  await client.scraped;
  const { startedAtMs } = await starting;
  expect(Math.abs(startedAtMs - Date.now())).toBeLessThan(60_000);
  await vi.waitFor(() => expect(progress.length).toBeGreaterThanOrEqual(2), { timeout: 60_000 });
  const stopped = await client.stop();
  expect(await client.settle()).toEqual({ type: 'settled', unknown: 0, retried: 0, resolved: 0, left: 0 });
  expect(await client.quit()).toEqual({ code: 0, signal: null });

  const operations = await readOperations(config.ledgerPath);
  expect(operations).toHaveLength(stopped.sent);
  const total = Object.values(progress.at(-1)?.total ?? {}).reduce((sum, counts) => sum + counts.sent, 0);
  expect(total).toBe(stopped.sent);
  const bySecond = progress
    .flatMap(({ lastSecond }) => Object.values(lastSecond))
    .reduce((sum, counts) => sum + counts.good, 0);
  expect(bySecond).toBe(operations.filter(({ result }) => result?.sli === 'good').length);
});

test('its parent killed: it cuts what is in flight, ends its ledger and itself', async () => {
  await using server = await loopback(() => {});
  const config = configFor(server);
  const driver = fileURLToPath(new URL('load-client.ts', import.meta.url));
  const script = `
    const { startLoadClient } = await import(${JSON.stringify(driver)});
    const client = startLoadClient(${JSON.stringify(config)});
    const { metricsPort } = await client.ready;
    console.log(client.pid + ' ' + metricsPort);
    await client.start();`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const [pid = 0, port = 0] = line.split(' ').map(Number);
  await scrape(port);
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(10), { timeout: 60_000 });
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 60_000 });
  await vi.waitFor(() => expect(server.sockets.size).toBe(0), { timeout: 30_000 });
  const operations = await readOperations(config.ledgerPath);
  expect(operations.length).toBeGreaterThan(10);
  for (const { result } of operations)
    expect(result).toMatchObject({ type: 'unknown', sli: 'excluded', code: 'client-stopped' });
});

test('paused for a while, it catches up: the missed arrivals are late, and their wait is in their latency', async () => {
  await using server = await answering();
  const config = configFor(server);
  const client = clientOf(config);
  const starting = client.start();
  await scrape((await client.ready).metricsPort);
  await starting;
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(20), { timeout: 60_000 });
  process.kill(client.pid, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const whilePaused = server.requests.length;
  process.kill(client.pid, 'SIGCONT');
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(whilePaused + 60), {
    timeout: 60_000,
  });
  const stopped = await client.stop();
  await client.quit();
  // 50 a second: those of the second but for its last 50 ms.
  expect(stopped.late).toBeGreaterThan(25);
  expect(stopped.sendDelay.maxMs).toBeGreaterThan(800);
  const operations = await readOperations(config.ledgerPath);
  const waited = operations.filter(
    ({ invoke, result }) => invoke.at - invoke.due > 500 && result !== undefined && result.latencyMs > 500,
  );
  expect(waited.length).toBeGreaterThan(10);
});

test('Ctrl-C is its parent’s to answer', async () => {
  await using server = await answering();
  const client = clientOf(configFor(server));
  const starting = client.start();
  await scrape((await client.ready).metricsPort);
  await starting;
  process.kill(client.pid, 'SIGINT');
  const before = server.requests.length;
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(before + 20), { timeout: 60_000 });
  expect(await client.quit()).toEqual({ code: 0, signal: null });
});

test('killed itself: every waiting promise says so, the ledger reads up to there', async () => {
  await using server = await answering();
  const config = configFor(server);
  const client = clientOf(config);
  const starting = client.start();
  await scrape((await client.ready).metricsPort);
  await starting;
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(20), { timeout: 60_000 });
  client.kill();
  await expect(client.stop()).rejects.toThrow(/the load client ended \(SIGKILL\)/);
  expect(await client.exit).toEqual({ code: null, signal: 'SIGKILL' });
  const keys = new Set((await readOperations(config.ledgerPath)).map(({ invoke }) => invoke.key));
  // A write's line was in the file before the write left.
  for (const { headers } of server.requests)
    if (headers['idempotency-key'] !== undefined) expect(keys).toContain(headers['idempotency-key']);
});

test('a target that does not exist, a port that is taken: its words and its exit code come through', async () => {
  await using server = await answering();
  const unknown = clientOf(configFor(server, { targetName: 'bakery' }));
  await expect(unknown.ready).rejects.toThrow(/unknown target bakery: use one of shop/);
  expect(await unknown.exit).toMatchObject({ code: 64 });

  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as import('node:net').AddressInfo;
  const blocked = clientOf(configFor(server, { metricsPort: port }));
  await expect(blocked.scraped).rejects.toThrow(new RegExp(`127.0.0.1:${port}.*port-taken`));
  expect(await blocked.exit).toMatchObject({ code: 69 });
  holder.close();
});

test('a ledger that cannot be written ends the load and says why; what was written still reads', async () => {
  await using server = await answering();
  const config = configFor(server, { rps: 200 });
  const client = clientOf(config);
  const { metricsPort } = await client.ready;
  // Stands for a full disk: no file of this process may grow beyond 16 KiB.
  expect(spawnSync('prlimit', [`--pid=${client.pid}`, '--fsize=16384']).status).toBe(0);
  const starting = client.start();
  await scrape(metricsPort);
  await starting;
  expect(await client.exit).toEqual({ code: 69, signal: null });
  await expect(client.stop()).rejects.toThrow(/the ledger cannot be written .*ledger-.*disk-full/);
  expect((await readOperations(config.ledgerPath)).length).toBeGreaterThan(10);
});

test("the shop's mix is the one that the SLOs reckon with", () => {
  const { journeys } = targetByName('shop');
  const whole = journeys.reduce((sum, journey) => sum + journey.weight, 0);
  const shares = Object.fromEntries(journeys.map(({ operation, weight }) => [operation, weight / whole]));
  expect(Object.keys(shares).toSorted()).toEqual(Object.keys(trafficShare).toSorted());
  for (const [operation, share] of Object.entries(trafficShare))
    expect(shares[operation]).toBeCloseTo(share, 9);
});
