import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { databaseUrl, edgeUrl, nodeUrl } from '@firedrill/lab';
import { buy, type SharedLab, sharedLab } from '@firedrill/lab/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from './pager/incident.ts';

const bin = (name: string) => join(import.meta.dirname, '..', 'bin', `${name}.mjs`);

let lab: SharedLab;
let watch: ChildProcess;
let watched = '';
let orderId: string;

beforeAll(async () => {
  lab = await sharedLab(1);
  watch = spawn(process.execPath, [bin('oncall'), 'watch'], { stdio: ['ignore', 'pipe', 'inherit'] });
  watch.stdout!.on('data', (chunk: Buffer) => {
    watched += chunk.toString();
  });
});

afterAll(async () => {
  watch.kill('SIGTERM');
  if (watch.exitCode === null) await once(watch, 'exit');
});

function run(program: 'oncall' | 'alerts', ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin(program), ...words], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
// biome-ignore lint/suspicious/noExplicitAny: what it is, is what the tests look at
const json = (program: 'oncall' | 'alerts', ...words: readonly string[]): any => {
  const { status, stdout, stderr } = run(program, ...words, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
};
const listed = (): Incident[] => json('oncall', 'list').incidents;

async function changeOrder(status: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(lab.state) });
  await client.connect();
  await client.query('UPDATE customer_order SET status = $1 WHERE id = $2', [status, orderId]);
  await client.end();
}

const patience = { timeout: 60_000, interval: 500 };

/** In one story: each chapter needs what the one before left. */
describe('an order that disagrees with its payment', () => {
  let id: string;

  it('pages at once, as an incident that the watch tells of', async () => {
    const bought = await buy(edgeUrl(lab.state, 'client-1:api-1'));
    expect(bought.status, bought.body).toBe(201);
    orderId = JSON.parse(bought.body).orderId;
    await changeOrder('expired');
    await expect.poll(() => listed().length, patience).toBe(1);
    const [incident] = listed();
    expect(incident).toMatchObject({
      level: 1,
      status: 'open',
      alerts: [{ severity: 'page', alert: 'ReconcilerMismatch' }],
    });
    id = incident!.id;
    const [page] = incident!.alerts;
    // No `for`, a group wait of 100 ms: what is later is a busy machine's.
    expect(Date.parse(page!.firedAt) - Date.parse(page!.startsAt)).toBeLessThan(5000);
    await expect.poll(() => watched, patience).toContain(`${id}  page ReconcilerMismatch fired`);
  });

  it('is taken by one person, and is not over while it fires', async () => {
    expect(json('oncall', 'ack', id, '--by', 'ana')).toMatchObject({ status: 'acknowledged' });
    const second = run('oncall', 'ack', id, '--by', 'bob');
    expect(second).toMatchObject({ status: 64, stdout: '' });
    expect(second.stderr).toContain('ana acknowledged it already');
    const early = run('oncall', 'resolve', id);
    expect(early.status).toBe(64);
    expect(early.stderr).toContain('page ReconcilerMismatch still fires');
    expect(listed()).toMatchObject([{ status: 'acknowledged', revision: 1 }]);
  });

  it('has recovered when the books agree, and is over when its owner says so', async () => {
    await changeOrder('paid');
    await expect.poll(() => listed()[0]?.status, patience).toBe('recovered');
    expect(json('oncall', 'resolve', id, '--by', 'ana', '--text', 'a test')).toMatchObject({
      status: 'resolved',
    });
    const late = run('oncall', 'ack', id);
    expect(late.status).toBe(64);
    expect(late.stderr).toContain('it was resolved by ana');
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
});

it('a node that Blackbox finds gone is a ticket beside the incidents', async () => {
  await lab.control.apply({ kind: 'node-kill', node: 'payment-1' });
  const tickets = (): readonly string[] =>
    json('oncall', 'list').tickets.map(({ alert }: { alert: string }) => alert);
  await expect.poll(tickets, patience).toContain('ProbeFailing');
  await lab.control.healAll();
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
  });

  it.each([
    ['what is no alert', ['silence', 'NoSuchAlert', ...words.slice(1)], /level 1 has no alert NoSuchAlert/],
    ['the Watchdog', ['silence', 'Watchdog', ...words.slice(1)], /the Watchdog cannot be silenced/],
    ['an id that there is not', ['silence', 'expire', 'no-such-id'], /no lab that runs has this silence/],
  ])('refuses %s with 64 and one line', (_name, refused, said) => {
    const { status, stdout, stderr } = run('alerts', ...refused);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).toMatch(said);
  });
});
