import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUrl, edgeUrl, labDown, labName, nodeUrl, oncallFolder } from '@firedrill/lab';
import { type SharedLab, sale, sharedLab } from '@firedrill/lab/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident, IncidentAlert } from './pager/incident.ts';
import { Pager } from './pager/pager.ts';

const bin = (name: string) => join(import.meta.dirname, '..', 'bin', `${name}.mjs`);

let lab: SharedLab;
let pager: Pager;
let watch: ChildProcess;
let watched = '';
let orderId: string;

beforeAll(async () => {
  // A new one: what files before broke need not be waited for, and no load client of theirs is in a report's ten minutes before.
  await labDown({ level: 1 });
  lab = await sharedLab(1);
  pager = Pager.open(oncallFolder());
  watch = spawn(process.execPath, [bin('oncall'), 'watch'], { stdio: ['ignore', 'pipe', 'inherit'] });
  watch.stdout!.on('data', (chunk: Buffer) => {
    watched += chunk.toString();
  });
});

afterAll(async () => {
  pager.close();
  watch.kill('SIGTERM');
  if (watch.exitCode === null) await once(watch, 'exit');
});

function run(program: 'oncall' | 'alerts' | 'incident' | 'lab', ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin(program), ...words], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
// biome-ignore lint/suspicious/noExplicitAny: what it is, is what the tests look at
const json = (program: 'oncall' | 'alerts' | 'incident', ...words: readonly string[]): any => {
  const { status, stdout, stderr } = run(program, ...words, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
};
/** As `pnpm oncall list` of this lab, without a process for each look. */
function listed(): readonly Incident[] {
  pager.refresh();
  return pager.incidents(labName(lab.state)).filter(({ status }) => status !== 'resolved');
}
function tickets(): readonly string[] {
  pager.refresh();
  return pager
    .tickets(labName(lab.state))
    .filter(({ resolvedAt }) => resolvedAt === undefined)
    .map(({ alert }) => alert);
}

async function changeOrder(status: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(lab.state) });
  await client.connect();
  await client.query('UPDATE customer_order SET status = $1 WHERE id = $2', [status, orderId]);
  await client.end();
}

const patience = { timeout: 120_000, interval: 500 };

/** In one story: each chapter needs what the one before left. */
describe('an order that disagrees with its payment', { timeout: 600_000 }, () => {
  let id: string;

  it('pages at once, as an incident that the watch tells of', async () => {
    // Nothing of its start is told any more.
    await expect.poll(() => [...listed(), ...tickets()], patience).toEqual([]);
    const bought = await sale(edgeUrl(lab.state, 'client-1:api-1'));
    orderId = JSON.parse(bought.body).orderId;
    await changeOrder('expired');
    await expect.poll(() => listed().length, patience).toBe(1);
    const { incidents } = json('oncall', 'list') as { readonly incidents: readonly Incident[] };
    const incident = incidents.find((one) => one.lab === labName(lab.state));
    expect(incident).toMatchObject({
      level: 1,
      status: 'open',
      alerts: [{ severity: 'page', alert: 'ReconcilerMismatch' }],
    });
    id = incident!.id;
    const [page] = incident!.alerts;
    // No `for`, a group wait of 100 ms: what is later is a busy machine's.
    expect(Date.parse(page!.firedAt) - Date.parse(page!.startsAt)).toBeLessThan(20_000);
    await expect.poll(() => watched, patience).toContain(`${id}  page ReconcilerMismatch fired`);
  });

  it('is taken, and is not over while it fires', () => {
    expect(json('oncall', 'ack', id, '--by', 'ana')).toMatchObject({ status: 'acknowledged' });
    const early = run('oncall', 'resolve', id);
    expect(early.status).toBe(64);
    expect(early.stderr).toContain('page ReconcilerMismatch still fires');
    expect(listed()).toMatchObject([{ status: 'acknowledged', revision: 1 }]);
  });

  it('has recovered when the books agree, and is over when its owner says so', async () => {
    expect(run('lab', 'payment-fallback', 'on', '--level', '1').status).toBe(0);
    expect(run('lab', 'payment-fallback', 'off', '--level', '1').status).toBe(0);
    await changeOrder('paid');
    await expect.poll(() => listed()[0]?.status, patience).toBe('recovered');
    expect(json('oncall', 'resolve', id, '--by', 'ana', '--text', 'a test')).toMatchObject({
      status: 'resolved',
    });
    const { timeline } = json('oncall', 'show', id);
    expect(timeline.map(({ kind }: { kind: string }) => kind)).toEqual([
      'page',
      'acknowledge',
      'ended',
      'recovered',
      'resolve',
    ]);
    await expect.poll(() => watched, patience).toContain(`${id}  ana resolved: a test`);
  });

  it('is written up though no experiment caused it: what the monitoring of its lab knew, and what nobody knows', async () => {
    const out = mkdtempSync(join(tmpdir(), 'firedrill-incident-'));
    const made = json('incident', 'report', id, '--out', out);
    expect(made).toMatchObject({ incident: id, run: null, kept: [] });
    expect(made.missing).toContain(
      'what users got: no load client was counting, so nobody knows whom it hurt',
    );
    const text = readFileSync(join(out, id, 'report.md'), 'utf8');
    expect(text).toContain('# ReconcilerMismatch: ');
    expect(text).toContain('Incident commander: ana');
    expect(text).toMatch(/^- \S+ UTC: `pnpm lab payment-fallback on` done, /m);
    expect(text).toContain('No experiment was under way on this lab');
    const kept = readdirSync(join(out, id, 'evidence'));
    expect(kept).toEqual(expect.arrayContaining(['incident.json', 'loki-errors.json', 'prometheus-up.json']));
    // What a busy lab did not answer in time, and what came in the minute after the end, is asked when it is made again; then nothing is.
    const up = () => readFileSync(join(out, id, 'evidence/prometheus-up.json'), 'utf8');
    const isKept = (): boolean => {
      const before = up();
      json('incident', 'report', id, '--out', out);
      return JSON.parse(before).problem === undefined && up() === before;
    };
    await expect.poll(isKept, patience).toBe(true);
    rmSync(out, { recursive: true });
  });
});

it('a node that Blackbox finds gone is a ticket beside the incidents', async () => {
  await lab.control.apply({ kind: 'node-kill', node: 'payment-1' });
  try {
    await expect.poll(tickets, patience).toContain('ProbeFailing');
    const told = json('oncall', 'list').tickets.map(({ alert }: IncidentAlert) => alert);
    expect(told).toContain('ProbeFailing');
  } finally {
    await lab.control.healAll();
  }
  await expect.poll(tickets, patience).not.toContain('ProbeFailing');
  expect(listed()).toEqual([]);
});

describe('pnpm alerts silence', () => {
  const words = ['ComponentDown', '--owner', 'ana', '--for', '5m', '--reason', 'a move'];

  it('is made, listed and ended by its id, at the Alertmanager of the lab', async () => {
    const made = json('alerts', 'silence', ...words, '--match', 'instance=loki-1');
    expect(made).toMatchObject({ level: 1, state: 'active', owner: 'ana', reason: 'a move' });
    const { silences } = json('alerts', 'silence', 'list');
    expect(silences).toMatchObject([{ id: made.id, owner: 'ana' }]);
    const shown = await (await fetch(`${nodeUrl(lab.state, 'alertmanager-1')}/api/v2/silences`)).json();
    expect(shown).toMatchObject([{ id: made.id, createdBy: 'ana', comment: 'a move' }]);
    expect(run('alerts', 'silence', 'list').stdout).toMatch(
      /^\S+ {2}level 1, active until \S+, by ana: a move\n {2}\{alertname="ComponentDown", instance="loki-1"\}\n$/,
    );
    expect(json('alerts', 'silence', 'expire', made.id)).toMatchObject({ state: 'expired' });
    const again = run('alerts', 'silence', 'expire', made.id);
    expect(again).toMatchObject({ status: 64, stdout: '' });
    expect(again.stderr).toMatch(/^firedrill: it ended already, at /);
    expect(run('alerts', 'silence', 'list').stdout).toBe('nothing is silenced\n');
    const unknown = run('alerts', 'silence', 'expire', 'no-such-id');
    expect(unknown).toMatchObject({ status: 64, stdout: '' });
    expect(unknown.stderr).toMatch(/no lab that runs has this silence/);
  });
});
