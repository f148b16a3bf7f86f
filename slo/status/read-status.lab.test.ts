import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { provision } from '@firedrill/provision';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { $ } from 'zx';
import { generatedRulesFile } from '../generated.ts';
import { readStatus } from './read-status.ts';
import type { LevelStatus } from './slo-status.ts';

// A day of a client: 10 quiet made-up hours, then nobody; a run at a tenth of the traffic with a third bad; a restart of the
// client; five minutes of which half is bad.
const endSeconds = Math.floor(Date.now() / 1000);
const labels = 'job="client",instance="client-1",service="shop-l1",level="1"';
const made = { from: endSeconds - 39_600, to: endSeconds - 3600 };
const samples = { good: [] as string[], bad: [] as string[], synthetic: [] as string[] };
const truth = { events: 0, synthetic: 0, bad: 0 };

function client(from: number, to: number, step: number, good: number, bad: number): void {
  const count = Math.round((to - from) / step);
  for (let index = 0; index <= count; index++) {
    const at = from + index * step;
    samples.good.push(`${index * good} ${at}`);
    samples.bad.push(`${index * bad} ${at}`);
  }
  truth.events += count * (good + bad);
  truth.bad += count * bad;
}
client(made.from, made.to, 15, 30, 0);
truth.synthetic = truth.events;
for (let at = made.from; at <= made.to; at += 15) samples.synthetic.push(`1 ${at}`);
client(endSeconds - 1500, endSeconds - 900, 5, 2, 1);
client(endSeconds - 300, endSeconds, 0.5, 1, 1);

let folder: string;
let prometheus: ChildProcess;
let prometheusUrl: string;

const status = (): Promise<LevelStatus> => readStatus({ level: 1, clock: 'drill', prometheusUrl });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firedrill-status-'));
  const parts = (await provision(['prometheus'])).get('prometheus')!;
  const series = (name: string, more: string, lines: readonly string[]) =>
    lines.map((line) => `${name}{${labels}${more}} ${line}\n`).join('');
  const text = `# TYPE client_requests counter
${series('client_requests_total', ',operation="checkout",outcome="good"', samples.good)}${series('client_requests_total', ',operation="checkout",outcome="bad"', samples.bad)}# TYPE firedrill_synthetic_history gauge
${series('firedrill_synthetic_history', '', samples.synthetic)}# EOF
`;
  await writeFile(join(folder, 'history.txt'), text);
  const config = { global: { evaluation_interval: '1s' }, rule_files: [generatedRulesFile(1, 'drill')] };
  await writeFile(join(folder, 'prometheus.yml'), stringify(config));
  const within = $({ cwd: folder, quiet: true });
  await within`${parts.bin('promtool')} tsdb create-blocks-from openmetrics --quiet history.txt data`;
  const port = await freePort();
  prometheusUrl = `http://127.0.0.1:${port}`;
  const listen = `--web.listen-address=127.0.0.1:${port}`;
  const flags = ['--config.file=prometheus.yml', '--storage.tsdb.path=data', listen];
  prometheus = spawn(parts.bin('prometheus'), flags, { cwd: folder, stdio: 'ignore' });
});

afterAll(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function stop(): Promise<void> {
  if (prometheus.exitCode !== null || prometheus.signalCode !== null) return;
  prometheus.kill('SIGKILL');
  await once(prometheus, 'exit');
}

it("counts each event once, over idle hours, collapsed traffic and the client's restarts", async () => {
  const found = await firing();
  const checkout = found.slos[0]!;
  expect(checkout.budget).toMatchObject({
    period: '12h',
    events: truth.events,
    syntheticEvents: truth.synthetic,
    badEvents: truth.bad,
  });
  expect(checkout.budget.allowedEvents).toBeCloseTo(truth.events * 0.01, 6);
  expect(checkout.budget.remainingRatio).toBeCloseTo(1 - truth.bad / (truth.events * 0.01), 9);
  // 700 bad of 70,800 events in 72 minutes at most, and the 24 minutes alone are far over 3 times the budget.
  expect(checkout.firing).toContain('ticket');
  expect(checkout.burn.map(({ window }) => window)).toEqual(['5s', '30s', '1m', '2m', '6m', '24m', '1h12m']);
  expect(checkout.burn.find(({ window }) => window === '24m')!.burnRate).toBeGreaterThan(10);
});

it('knows no ratio where nobody asked, and no NaN', async () => {
  const { slos } = await status();
  const browse = slos.find(({ name }) => name === 'browse-availability')!;
  expect(browse).toMatchObject({
    sli: null,
    firing: [],
    budget: { events: 0, badEvents: 0, remainingRatio: 1 },
  });
  expect(browse.burn.every(({ burnRate }) => burnRate === null)).toBe(true);
  expect(JSON.stringify(slos, (_, value) => (Number.isNaN(value) ? 'NaN' : value))).not.toContain('NaN');
});

it('ends inconclusive when Prometheus is gone', async () => {
  await stop();
  await expect(status()).rejects.toMatchObject({ code: 'control-failed', exitCode: 2 });
});

/** A status with a ticket; that comes with the first evaluation after the start. */
async function firing(): Promise<LevelStatus> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await status().catch((error: unknown) => {
      if (Date.now() > deadline) throw error;
      return undefined;
    });
    // Asked once more: that evaluation may have come after the moment that was asked for.
    if (found !== undefined && found.slos[0]!.firing.includes('ticket')) return status();
    if (found !== undefined && Date.now() > deadline) return found;
    await pause(200);
  }
}

/** Below the ephemeral range, so that no outgoing connection takes it first. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
