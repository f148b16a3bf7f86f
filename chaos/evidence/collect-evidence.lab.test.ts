import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edgeUrl, type LabState, nodeUrl } from '@firedrill/lab';
import { sharedLab } from '@firedrill/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyOf } from '../checks/integrity/history.ts';
import { until } from '../guardian/testing/started-run.ts';
import { readOperations } from '../ledger/ledger-reader.ts';
import { type LoadClient, startLoadClient } from '../load/load-client.ts';
import { fixturePlan } from '../report/testing/fixture-journal.ts';
import type { AuditSnapshot } from '../target.ts';
import { shop } from '../targets/shop.ts';
import { collectBaseline } from './collect-baseline.ts';
import { collectEvidence, type EvidenceSummary } from './collect-evidence.ts';
import { tsdbFolder } from './keep-tsdb.ts';
import { type Piece, readPieces } from './piece.ts';
import { prometheusQuestions } from './prometheus-questions.ts';
import { sampleTraces } from './sample-traces.ts';

let runDir: string;
let load: LoadClient | undefined;
let summary: EvidenceSummary;
let pieces: ReadonlyMap<string, Piece>;
let secrets: readonly string[];

/** Two scrapes make a rate, rules lag behind them, and Prometheus need not have seen the load at once. */
async function isSampled(lab: LabState, startedAtMs: number): Promise<boolean> {
  const mayBeEmpty = ['prometheus-alerts-history', 'prometheus-synthetic-history'];
  const questions = prometheusQuestions(fixturePlan, { fromMs: startedAtMs, toMs: Date.now() }).filter(
    ({ piece, path }) => path.includes('query_range') && !mayBeEmpty.includes(piece),
  );
  const sampled = await Promise.all(
    questions.map(async ({ path }) => {
      const response = await fetch(`${nodeUrl(lab, 'prometheus-1')}${path}`);
      const { data } = (await response.json()) as Answer;
      return data.result.length > 0;
    }),
  );
  const query = encodeURIComponent('sum(client_requests_total) > 160');
  const counted = await fetch(`${nodeUrl(lab, 'prometheus-1')}/api/v1/query?query=${query}`);
  const { data } = (await counted.json()) as Answer;
  return sampled.every(Boolean) && data.result.length > 0;
}

/** The api and the provider send their spans on their own. */
async function isWhole(lab: LabState, trace: string | undefined): Promise<boolean> {
  const response = await fetch(`${nodeUrl(lab, 'jaeger-1', 'query')}/api/traces/${trace}`);
  const text = await response.text();
  return text.includes('"shop"') && text.includes('"payment-provider"');
}

/** Some real load, then everything is asked. */
beforeAll(async () => {
  runDir = await mkdtemp(join(tmpdir(), 'firedrill-evidence-'));
  const { state } = await sharedLab(1);
  secrets = Object.values(state.secrets);
  await collectBaseline({ lab: state, runDir, target: shop });
  load = startLoadClient({
    targetName: 'shop',
    baseUrl: edgeUrl(state, 'client-1:api-1'),
    metricsPort: state.nodes['client-1']!['metrics']!,
    rps: 20,
    seed: 5,
    ledgerPath: join(runDir, 'ledger.jsonl'),
    keyScope: runDir,
  });
  const { startedAtMs } = await load.start();
  await until('all but the history was sampled', () => isSampled(state, startedAtMs), 120_000);
  await load.stop();
  const window = {
    fromMs: startedAtMs,
    toMs: Date.now(),
    faultFromMs: startedAtMs + 4_000,
    faultToMs: Date.now(),
  };
  // In a run the drain takes longer than the spans do.
  const { bad } = await sampleTraces(join(runDir, 'ledger.jsonl'), window);
  await until('the trace of the slowest checkout is whole', () => isWhole(state, bad), 60_000);
  summary = await collectEvidence({ lab: state, runDir, plan: fixturePlan, window, target: shop });
  await load.quit();
  pieces = await readPieces(runDir);
});

afterAll(async () => {
  load?.kill();
  await load?.exit;
  await rm(runDir, { recursive: true, force: true });
});

type Answer = { data: { result: { values: [number, string][]; metric: Record<string, string> }[] } };
const answerOf = (piece: string): unknown => pieces.get(piece)?.answer;

describe('on a lab that is well', () => {
  it('misses nothing', () => {
    expect(summary.missing).toEqual([]);
    expect([...pieces.keys()].sort()).toEqual(['audit-before', ...summary.collected].sort());
  });

  it('has samples for every question to Prometheus', () => {
    for (const [name, piece] of pieces) {
      if (!name.startsWith('prometheus-') || !piece.request.includes('query_range')) continue;
      // No alert need have been pending, and the made-up history ends where a lab starts: an older lab has none in the window.
      if (['prometheus-alerts-history', 'prometheus-synthetic-history'].includes(name)) continue;
      expect((piece.answer as Answer).data.result.length, `${name}: ${piece.request}`).toBeGreaterThan(0);
    }
    const slos = (answerOf('prometheus-error-ratio-5s') as Answer).data.result.map(
      ({ metric }) => metric['sloth_slo'],
    );
    expect(slos.sort()).toEqual([
      'browse-availability',
      'browse-latency',
      'checkout-availability',
      'checkout-latency',
    ]);
  });

  it('has the whole trace of a checkout, from the api to the database and the provider', () => {
    const trace = answerOf('trace-bad') as {
      data: { spans: { operationName: string }[]; processes: Record<string, { serviceName: string }> }[];
    };
    const services = Object.values(trace.data[0]!.processes).map(({ serviceName }) => serviceName);
    expect(services).toContain('shop');
    expect(services).toContain('payment-provider');
  });

  it("has the shop's log lines", () => {
    const streams = (answerOf('loki-shop') as { data: { result: { values: unknown[] }[] } }).data.result;
    expect(streams.flatMap((stream) => stream.values).length).toBeGreaterThan(0);
  });

  it('has the books in which every acknowledged order stands', async () => {
    const { snapshot } = answerOf('audit') as { snapshot: AuditSnapshot };
    const ids = new Set(snapshot.orders.map((order) => order.id));
    const acknowledged = historyOf(await readOperations(join(runDir, 'ledger.jsonl')))
      .checkouts.map((checkout) => checkout.acknowledged?.answer?.orderId)
      .filter((id) => id !== undefined);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('keeps no secret and no address', async () => {
    const all = await readdir(join(runDir, 'evidence'), { recursive: true, withFileTypes: true });
    const files = all.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    expect(files.some((path) => path.startsWith(tsdbFolder(runDir)))).toBe(true);
    for (const path of files) {
      const content = await readFile(path);
      for (const secret of secrets) expect(content.includes(secret), path).toBe(false);
    }
    for (const piece of pieces.values()) expect(piece.request).not.toMatch(/127\.0\.0\.1|:\d{4,5}/);
  });
});
