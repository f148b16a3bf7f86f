import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotificationJournal } from './journal.ts';
import type { Notification } from './notification.ts';
import { receiverServer } from './server.ts';
import { WatchdogWatch } from './watchdog.ts';

const token = 'a-token-of-the-test-only';
let folder: string;
let path: string;
let journal: NotificationJournal;
let server: Server;
let base: string;
let nowMs: number;

async function start(): Promise<void> {
  journal = await NotificationJournal.open(path);
  const watchdog = new WatchdogWatch({ startedAtMs: nowMs, silenceMs: 10_000, firstHeartbeatMs: 60_000 });
  server = receiverServer({ journal, watchdog, token, now: () => new Date(nowMs) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await journal.close();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firedrill-receiver-'));
  path = join(folder, 'notifications.jsonl');
  nowMs = Date.parse('2026-03-01T12:00:00.000Z');
  await start();
});

afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const alert = (name: string, status = 'firing', labels: Record<string, string> = {}) => ({
  status,
  labels: { alertname: name, severity: 'page', sloth_id: 'shop-l1-x', ...labels },
  annotations: {},
  startsAt: '2026-03-01T11:59:58.123Z',
  endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-03-01T12:00:09.5Z',
  generatorURL: '',
  fingerprint: `f-${name}`,
});
const payload = (...alerts: readonly ReturnType<typeof alert>[]) => ({
  version: '4',
  groupKey: '{}:{}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'firedrill',
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: '',
  alerts,
});

const post = (body: string, authorization = `Bearer ${token}`) =>
  fetch(`${base}/alerts`, {
    method: 'POST',
    body,
    headers: { authorization, 'content-type': 'application/json' },
  });
/** Of a request whose target no URL can hold. */
const statusOf = async (path: string): Promise<number | undefined> => {
  const asked = request(base, { path }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
};
const list = async (since = 0) =>
  (await (await fetch(`${base}/notifications?since=${since}`)).json()) as {
    notifications: Notification[];
    next: number;
  };

describe('the receiver', () => {
  it('keeps every alert of a delivery with the time it came, on disk before it answers', async () => {
    const answer = await post(
      JSON.stringify(payload(alert('CheckoutAvailability'), alert('ComponentDown', 'resolved'))),
    );
    expect(answer.status).toBe(200);
    const onDisk = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(onDisk).toEqual((await list()).notifications);
    expect(onDisk).toMatchObject([
      {
        seq: 1,
        alert: 'CheckoutAvailability',
        severity: 'page',
        slo: 'shop-l1-x',
        status: 'firing',
        receivedAt: '2026-03-01T12:00:00.000Z',
      },
      { seq: 2, alert: 'ComponentDown', status: 'resolved', endsAt: '2026-03-01T12:00:09.5Z' },
    ]);
    expect(onDisk[0]).not.toHaveProperty('endsAt');
  });

  it('gives only what is newer than `since`', async () => {
    await post(JSON.stringify(payload(alert('A'))));
    const first = await list();
    await post(JSON.stringify(payload(alert('B'))));
    expect((await list(first.next)).notifications.map((entry) => entry.alert)).toEqual(['B']);
    expect((await list(2)).notifications).toEqual([]);
    expect((await fetch(`${base}/notifications?since=yesterday`)).status).toBe(400);
  });

  it('loses nothing and numbers without gaps when deliveries overlap', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        post(JSON.stringify(payload(alert(`A${index}`), alert(`B${index}`)))),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(40).fill(200));
    const { notifications } = await list();
    expect(notifications.map((entry) => entry.seq)).toEqual(
      Array.from({ length: 80 }, (_, index) => index + 1),
    );
    expect(new Set(notifications.map((entry) => entry.alert)).size).toBe(80);
  });

  it('goes on after a restart, and drops only a last line that was cut short', async () => {
    await post(JSON.stringify(payload(alert('A'))));
    await stop();
    await writeFile(path, `${await readFile(path, 'utf8')}{"seq":2,"receiv`);
    await start();
    await post(JSON.stringify(payload(alert('B'))));
    expect((await list()).notifications.map((entry) => [entry.seq, entry.alert])).toEqual([
      [1, 'A'],
      [2, 'B'],
    ]);
  });

  it.each([
    ['without a token', ''],
    ['with another token', 'Bearer a-token-of-somebody-else'],
    ['with the token but not as bearer', token],
  ])('refuses a delivery %s', async (_name, authorization) => {
    expect((await post(JSON.stringify(payload(alert('A'))), authorization)).status).toBe(401);
    expect((await list()).notifications).toEqual([]);
  });

  it.each([
    ['no JSON', '{"version":"4"', 400],
    ['no alerts', JSON.stringify(payload()), 400],
    ['an alert without a name', JSON.stringify(payload(alert(''))), 400],
    ['another version', JSON.stringify({ ...payload(alert('A')), version: '3' }), 400],
    ['10 MB', JSON.stringify(payload(alert('A', 'firing', { filler: 'x'.repeat(10_000_000) }))), 413],
  ])('refuses %s in one line and keeps working', async (_name, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toHaveProperty('error');
    expect((await post(JSON.stringify(payload(alert('After'))))).status).toBe(200);
    expect((await list()).notifications.map((entry) => entry.alert)).toEqual(['After']);
  });

  it('keeps what it understands of a delivery, and names what it does not', async () => {
    const nameless = { ...alert('X'), labels: { severity: 'page' } };
    const undated = { ...alert('Y'), startsAt: 'yesterday' };
    const answer = await post(JSON.stringify(payload(alert('A'), nameless as never, alert('B'), undated)));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: 'alerts.1.labels: an alert needs the label alertname',
      kept: 2,
      repeated: 0,
      refused: 2,
    });
    expect((await list()).notifications.map((entry) => entry.alert)).toEqual(['A', 'B']);
  });

  it('keeps a delivery once, however often and whenever it comes again', async () => {
    const delivery = JSON.stringify(payload(alert('A'), alert('B')));
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(delivery)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const said = (await Promise.all(answers.map((answer) => answer.json()))) as { kept: number }[];
    expect(said.map(({ kept }) => kept).toSorted()).toEqual([...Array(19).fill(0), 2]);
    await stop();
    await start();
    expect(await (await post(delivery)).json()).toEqual({ kept: 0, repeated: 2 });
    // The group as Alertmanager sends it when one of its alerts has ended.
    await post(JSON.stringify(payload(alert('A'), alert('B', 'resolved'))));
    await post(JSON.stringify(payload(alert('A'), alert('B', 'resolved'))));
    expect((await list()).notifications.map(({ seq, alert: name, status }) => [seq, name, status])).toEqual([
      [1, 'A', 'firing'],
      [2, 'B', 'firing'],
      [3, 'B', 'resolved'],
    ]);
    expect(await (await fetch(`${base}/metrics`)).text()).toContain('receiver_repeats_total 5\n');
  });

  it('does not acknowledge what it could not keep', async () => {
    await journal.close();
    expect((await post(JSON.stringify(payload(alert('A'))))).status).toBe(503);
    expect((await list()).notifications).toEqual([]);
  });

  it('never answers 5xx to anything a stranger sends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string(), fc.constant('{"alerts":null}')), async (body) => {
        expect((await post(body)).status).toBe(400);
      }),
      { numRuns: 100 },
    );
    expect((await fetch(`${base}/alerts`)).status).toBe(404);
    expect((await fetch(`${base}/alerts`, { method: 'PUT' })).status).toBe(405);
    expect((await fetch(`${base}/nothing`, { method: 'POST' })).status).toBe(404);
    for (const path of ['//', '//[', '*']) expect(await statusOf(path), path).toBe(404);
  });

  it('takes the Watchdog as heartbeats, not as notifications', async () => {
    expect(await (await fetch(`${base}/watchdog`)).json()).toEqual({
      lastHeartbeatAt: null,
      silentMs: 0,
      missing: false,
    });
    nowMs += 3000;
    await post(JSON.stringify(payload(alert('Watchdog', 'firing', { severity: 'watchdog' }))));
    nowMs += 1500;
    expect(await (await fetch(`${base}/watchdog`)).json()).toEqual({
      lastHeartbeatAt: '2026-03-01T12:00:03.000Z',
      silentMs: 1500,
      missing: false,
    });
    expect((await list()).notifications).toEqual([]);
  });

  it('shows what it did as metrics', async () => {
    await post(JSON.stringify(payload(alert('A'))));
    await post('nonsense');
    const text = await (await fetch(`${base}/metrics`)).text();
    expect(text).toContain('receiver_webhooks_total{result="accepted"} 1\n');
    expect(text).toContain('receiver_webhooks_total{result="refused"} 1\n');
    expect(text).toContain('receiver_notifications 1\n');
  });
});
