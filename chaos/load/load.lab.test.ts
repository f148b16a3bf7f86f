import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edgeUrl, nodeUrl } from '@firedrill/lab';
import { type SharedLab, sharedLab } from '@firedrill/lab/testing';
import { levelByNumber } from '@firedrill/topology';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readOperations } from '../ledger/ledger-reader.ts';
import { foldWrites } from '../ledger/operations.ts';
import { shop } from '../targets/shop.ts';
import { type LoadClient, startLoadClient } from './load-client.ts';
import { perSecondSeries } from './series.ts';

const folder = mkdtempSync(join(tmpdir(), 'firedrill-load-lab-'));
const level = levelByNumber(1);
let lab: SharedLab;
let client: LoadClient | undefined;

beforeAll(async () => {
  lab = await sharedLab(1);
});
afterAll(async () => {
  await lab.control.healAll();
  client?.kill();
  await client?.exit;
  rmSync(folder, { recursive: true, force: true });
});

/** The value of an instant query; `undefined` when there is none. */
async function promValue(query: string): Promise<number | undefined> {
  const url = `${nodeUrl(lab.state, 'prometheus-1')}/api/v1/query?query=${encodeURIComponent(query)}`;
  const answer = (await (await fetch(url)).json()) as { data: { result: { value: [number, string] }[] } };
  const value = answer.data.result[0]?.value[1];
  return value === undefined ? undefined : Number(value);
}

const errorRatio = (window: string): string =>
  `sum(rate(client_requests_total{job="client",outcome="bad"}[${window}])) / ` +
  `sum(rate(client_requests_total{job="client",outcome=~"good|bad"}[${window}]))`;

/** As many scrapes as make a rate, also where some come late. */
const ratio = errorRatio('10s');

test('users of the real shop: none hurt, then the api is killed and Prometheus says that all of them are', async () => {
  const ledgerPath = join(folder, 'ledger.jsonl');
  let answered = 0;
  client = startLoadClient(
    {
      targetName: shop.name,
      baseUrl: edgeUrl(lab.state, 'client-1:api-1'),
      metricsPort: lab.state.nodes['client-1']?.['metrics'] ?? 0,
      rps: level.labRps,
      seed: 1,
      ledgerPath,
      keyScope: `load-lab-test-${Date.now()}`,
    },
    { cwd: lab.state.home, env: { FIREDRILL_LAB: lab.state.labId } },
  );
  client.onProgress(({ total }) => {
    answered = Object.values(total).reduce(
      (sum, counts) => sum + counts.good + counts.bad + counts.excluded,
      0,
    );
  });
  const { startedAtMs } = await client.start();
  await vi.waitFor(() => expect(answered).toBeGreaterThan(120), { timeout: 60_000 });
  // One that a busy machine made late is no outage: it leaves the window.
  await vi.waitFor(async () => expect(await promValue(ratio)).toBe(0), { timeout: 60_000, interval: 200 });

  await lab.control.apply({ kind: 'node-kill', node: 'api-1' });
  const seen: (number | undefined)[] = [];
  const look = async (): Promise<void> => {
    seen.push(await promValue(ratio));
    expect(seen.at(-1)).toBe(1);
  };
  await vi.waitFor(look, { timeout: 60_000, interval: 50 });
  expect(seen).not.toContain(undefined);
  expect(seen).not.toContain(Number.NaN);

  await lab.control.undo({ kind: 'node-start', node: 'api-1' });
  await vi.waitFor(async () => expect(await promValue(ratio)).toBe(0), { timeout: 60_000, interval: 200 });
  const stopped = await client.stop();
  expect(stopped.dropped).toBe(0);

  // What Prometheus has counted is what the ledger says.
  const operations = await readOperations(ledgerPath);
  for (const outcome of ['good', 'bad'] as const) {
    const count = operations.filter(({ result }) => result?.sli === outcome).length;
    expect(count).toBeGreaterThan(0);
    await vi.waitFor(
      async () =>
        expect(await promValue(`sum(client_requests_total{job="client",outcome="${outcome}"})`)).toBe(count),
      { timeout: 60_000, interval: 200 },
    );
  }
  // The rare ones may not have had their turn.
  const seenOperations = new Set(operations.map(({ invoke }) => invoke.operation));
  const frequent = shop.journeys.filter(({ weight }) => weight >= 0.07).map(({ operation }) => operation);
  expect([...seenOperations]).toEqual(expect.arrayContaining(frequent));
  // A request's line leads to its trace.
  const checkout = operations.find(
    ({ invoke, result }) => invoke.operation === 'checkout' && result?.type === 'ok',
  );
  const trace = `${nodeUrl(lab.state, 'jaeger-1', 'query')}/api/traces/${checkout?.result?.traceId}`;
  await vi.waitFor(async () => expect((await fetch(trace)).status).toBe(200), {
    timeout: 60_000,
    interval: 500,
  });

  const [all] = perSecondSeries(operations, {
    startedAtMs,
    groups: [{ name: 'all', operations: shop.journeys.map(({ operation }) => operation) }],
  });
  const outage = all?.seconds.filter((second) => second.bad > 0 && second.good === 0).length ?? 0;
  expect(outage).toBeGreaterThan(0);

  // The shop gives a definite answer to every key that is tried again.
  const settled = await client.settle();
  expect(settled.resolved).toBe(settled.retried);
  expect(settled.retried).toBeGreaterThan(0);
  expect(await client.quit()).toEqual({ code: 0, signal: null });
  const writes = foldWrites(await readOperations(ledgerPath));
  expect(writes.filter(({ state }) => state === 'unknown')).toHaveLength(settled.left);
});
