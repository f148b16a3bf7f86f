import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabState } from '@firedrill/lab';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fixturePlan } from '../report/testing/fixture-journal.ts';
import type { Target } from '../target.ts';
import { shop } from '../targets/shop.ts';
import { collectEvidence } from './collect-evidence.ts';
import { readPieces } from './piece.ts';

let runDir: string;
let server: Server;
let answer: (url: string) => { status: number; body: string };

beforeEach(async () => {
  runDir = await mkdtemp(join(tmpdir(), 'firedrill-evidence-'));
  answer = () => ({ status: 200, body: '{"status":"success"}' });
  server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '');
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.close();
  await rm(runDir, { recursive: true, force: true });
});

const oneGoodCheckout = [
  {
    type: 'invoke',
    id: 1,
    at: 2000,
    due: 2000,
    operation: 'checkout',
    customer: 'c-1',
    write: true,
    key: 'k-1',
    method: 'POST',
    path: '/orders',
  },
  { type: 'ok', id: 1, at: 2050, latencyMs: 50, sli: 'good', status: 201, traceId: 'a'.repeat(32) },
]
  .map((entry) => `${JSON.stringify(entry)}\n`)
  .join('');

const secret = 's3cr3t-of-this-lab';
const target: Target = {
  ...shop,
  audit: async () => Promise.reject(new Error(`cannot connect as shop:${secret}@127.0.0.1:20001`)),
};

function collect(nodes: LabState['nodes']) {
  const secrets = {
    postgresPassword: secret,
    receiverToken: 'receiver-token',
    paymentToken: 'payment-token',
    patroniPassword: 'patroni-password',
  };
  const lab = { level: 1, home: runDir, nodes, edges: {}, secrets } as unknown as LabState;
  const source = { databaseUrls: [], paymentJournal: join(runDir, 'none.jsonl') };
  return collectEvidence({
    lab,
    runDir,
    plan: fixturePlan,
    window: { fromMs: 1_000, toMs: 61_000 },
    target,
    source,
  });
}

it('records each piece that cannot be had, with its reason, and never throws', async () => {
  const { collected, missing } = await collect({});
  // The lab's own state is at hand even then.
  expect(collected).toEqual(['divergences', 'promotions']);
  expect(missing.map(({ piece }) => piece)).toContain('prometheus-burn-rate');
  const pieces = await readPieces(runDir);
  expect(pieces.size).toBe(missing.length + collected.length);
  expect(pieces.get('prometheus-burn-rate')).toMatchObject({
    answer: null,
    problem: expect.stringContaining('prometheus-1') as string,
  });
  expect(pieces.get('audit')?.problem).toContain('cannot connect');
});

it('keeps the raw answer beside its question, and what was refused with its status', async () => {
  answer = (url) =>
    url.startsWith('/api/v1/rules')
      ? { status: 503, body: 'starting' }
      : { status: 200, body: `{"asked":${JSON.stringify(url)}}` };
  const { port } = server.address() as AddressInfo;
  const { collected, missing } = await collect({ 'prometheus-1': { http: port } });
  expect(collected).toContain('prometheus-burn-rate');
  expect(missing).toContainEqual({ piece: 'prometheus-rules', problem: 'answered 503' });
  const pieces = await readPieces(runDir);
  const piece = pieces.get('prometheus-burn-rate')!;
  expect(piece).toMatchObject({ status: 200, source: 'prometheus-1', answer: { asked: piece.request } });
  expect(pieces.get('prometheus-rules')).toMatchObject({ status: 503, answer: 'starting' });
});

it('waits for a trace that is still on its way', async () => {
  await writeFile(join(runDir, 'ledger.jsonl'), oneGoodCheckout);
  let asked = 0;
  answer = (url) => {
    if (!url.startsWith('/api/traces/')) return { status: 200, body: '{}' };
    asked += 1;
    return asked < 3 ? { status: 404, body: '{}' } : { status: 200, body: '{"data":[]}' };
  };
  const { port } = server.address() as AddressInfo;
  const { collected } = await collect({ 'jaeger-1': { query: port } });
  expect(collected).toContain('trace-bad');
  expect(asked).toBe(3);
});

it('writes no secret of the lab, wherever one turns up', async () => {
  answer = () => ({ status: 200, body: `{"config":"postgres://shop:${secret}@x"}` });
  await collect({ 'prometheus-1': { http: (server.address() as AddressInfo).port } });
  for (const name of await readdir(join(runDir, 'evidence'))) {
    expect(await readFile(join(runDir, 'evidence', name), 'utf8'), name).not.toContain(secret);
  }
});
