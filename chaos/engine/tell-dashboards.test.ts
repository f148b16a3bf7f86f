import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startLoadClient } from '../load/load-client.ts';
import { answerJson, loopback } from '../load/testing/loopback.ts';
import { TellDashboards } from './tell-dashboards.ts';

const fault = (label: string, on: string) => ({
  ...{ id: label, startMs: 0, endMs: 1, fault: 'drop', label, colour: '' },
  ...{ edges: [on], nodes: [], reach: [], effects: [], expect: {} },
});
const drop = fault('drop: every byte both ways', 'api-1:pg-1');
const late = fault('latency 200 ms', 'api-1:payment-1');

/** A real load client, and what Prometheus gets of it. */
async function clientAt(server: { readonly baseUrl: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-told-'));
  const client = startLoadClient(
    {
      ...{ targetName: 'shop', baseUrl: server.baseUrl, metricsPort: 0, rps: 1, seed: 1 },
      ledgerPath: join(folder, 'ledger.jsonl'),
    },
    { cwd: folder },
  );
  onTestFinished(async () => {
    client.kill();
    await client.exit;
    rmSync(folder, { recursive: true });
  });
  const { metricsPort } = await client.ready;
  const own = async (): Promise<readonly string[]> => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return text.split('\n').filter((line) => line.startsWith('firedrill_'));
  };
  return { client, own };
}
const quiet = ['firedrill_detection_seconds_sum 0', 'firedrill_detection_seconds_count 0'];
/** Of another process, on a machine that stalls for some seconds. */
const patience = { timeout: 60_000 };

test('the dashboards hear which faults are in, until they are out, and once how soon it paged', async () => {
  await using server = await loopback((_request, response) => answerJson(response, 200, {}));
  const { client, own } = await clientAt(server);
  expect(await own()).toEqual(quiet);
  const tell = new TellDashboards(client, false);
  tell.detected(undefined, [5000]);
  tell.injected(drop);
  tell.injected(late);
  const line = ({ label, edges }: typeof drop, value: number) =>
    `firedrill_fault_in{fault="${label}",on="${edges[0]}"} ${value}`;
  await vi.waitFor(
    async () => expect(await own()).toEqual([line(drop, 1), line(late, 1), ...quiet]),
    patience,
  );
  tell.healed(drop);
  await vi.waitFor(
    async () => expect(await own()).toEqual([line(drop, 0), line(late, 1), ...quiet]),
    patience,
  );

  // A page of before, then the first, then others.
  tell.detected(10_000, [9000]);
  tell.detected(10_000, [9000, 14_500, 12_500]);
  tell.detected(10_000, [12_500]);
  tell.healed();
  await vi.waitFor(
    async () =>
      expect(await own()).toEqual([
        ...[line(drop, 0), line(late, 0)],
        ...['firedrill_detection_seconds_sum 2.5', 'firedrill_detection_seconds_count 1'],
      ]),
    patience,
  );
});

test('of a sealed run they hear nothing', async () => {
  await using server = await loopback((_request, response) => answerJson(response, 200, {}));
  const { client, own } = await clientAt(server);
  const tell = new TellDashboards(client, true);
  tell.injected(drop);
  tell.detected(10_000, [12_500]);
  // What comes after it on the same pipe is heard: so were these.
  client.tellFaults([{ fault: 'the end', on: 'of the test' }]);
  await vi.waitFor(
    async () =>
      expect(await own()).toEqual(['firedrill_fault_in{fault="the end",on="of the test"} 1', ...quiet]),
    patience,
  );
});
