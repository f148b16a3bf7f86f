import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabState } from '@firedrill/lab';
import { bootId, labHome, labIdOf } from '@firedrill/lab/control';
import { levelByNumber } from '@firedrill/topology';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LabWatch } from './lab-watch.ts';

const level = 1;
/** The least that a lab may have, and the last that one takes: nobody listens there. */
const closed = 1024;
const within = { timeout: 20_000, interval: 100 };

let folder: string;
let supervisor: Server | undefined;
let hangs: boolean;
let watch: LabWatch;
beforeEach(() => {
  hangs = false;
  folder = mkdtempSync(join(tmpdir(), 'fd-watch-'));
  // Labs lie below it: none of this machine's is seen.
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('XDG_STATE_HOME', folder);
  mkdirSync(labHome(level), { recursive: true });
  watch = new LabWatch(level, join(folder, 'runs'));
});
afterEach(async () => {
  watch.close();
  await end();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const socket = (): string => join(labHome(level), 'pc.sock');

/** Whoever answers for process-compose, or for Docker: that a lab is there rests on nothing else. Its nodes have ports at which nobody listens. */
async function begin(startedAt: string, rest: Partial<LabState> = {}): Promise<void> {
  const { nodes } = levelByNumber(level);
  const state: LabState = {
    labId: labIdOf(level),
    level,
    runtime: 'native',
    clock: 'drill',
    home: labHome(level),
    checkout: folder,
    scope: '',
    startedAt,
    bootId: bootId(),
    nodes: Object.fromEntries(
      nodes.map(({ name, ports }) => [name, Object.fromEntries(ports.map((port) => [port, closed]))]),
    ),
    probes: {},
    edges: {},
    primary: 'pg-1',
    promotions: [],
    toxiproxyPort: closed,
    processComposeSocket: socket(),
    secrets: {
      postgresPassword: '',
      exporterPassword: '',
      receiverToken: '',
      paymentToken: '',
      adminToken: '',
      patroniPassword: '',
    },
    ...rest,
  };
  writeFileSync(join(labHome(level), 'lab.json'), JSON.stringify(state));
  supervisor = createServer(({ url }, response) => {
    if (hangs) return;
    const State = { Status: 'running', Running: true, Paused: false, ExitCode: 0 };
    response.end(JSON.stringify(url?.startsWith('/containers/') ? { Id: 'one', State } : {}));
  });
  supervisor.listen(socket());
  await once(supervisor, 'listening');
}

async function end(): Promise<void> {
  const ended = supervisor;
  supervisor = undefined;
  if (ended === undefined) return;
  ended.closeAllConnections();
  ended.close();
  await once(ended, 'close');
}

const lab = async () => (await watch.snapshot()).lab;

it('says that there is no lab, that it is there, that it is gone and since when, and that it is back', async () => {
  expect(await lab()).toMatchObject({ state: 'none', goneSince: null });
  await begin('2026-11-29T10:00:00.000Z');
  await expect.poll(lab, within).toMatchObject({ state: 'running', startedAt: '2026-11-29T10:00:00.000Z' });
  expect(watch.state?.level).toBe(level);
  await end();
  await expect.poll(lab, within).toMatchObject({ state: 'gone', goneSince: expect.any(String) });
  const { goneSince } = await lab();
  // Nobody is asked what is gone, and it goes on being so since then.
  expect(watch.state).toBeUndefined();
  await expect.poll(async () => (await watch.snapshot()).at > `${goneSince}`, within).toBe(true);
  expect(await lab()).toMatchObject({ state: 'gone', goneSince });
  await begin('2026-11-29T11:00:00.000Z');
  await expect
    .poll(lab, within)
    .toMatchObject({ state: 'running', goneSince: null, startedAt: '2026-11-29T11:00:00.000Z' });
});

it('says of each part that nobody answers, and makes nothing up', async () => {
  await begin('2026-11-29T10:00:00.000Z');
  await expect
    .poll(async () => (await watch.snapshot()).slos, within)
    .toEqual({ value: null, at: null, problem: 'Prometheus does not answer' });
  const { paging, budget } = await watch.snapshot();
  expect(paging).toEqual({ value: null, at: null, problem: 'Prometheus does not answer' });
  expect(budget.value).toBeNull();
});

it('is not held up by an engine that hangs: what was seen stays, and that the lab does not answer is said', async () => {
  const startedAt = '2026-11-29T10:00:00.000Z';
  const docker = { socket: socket(), project: 'p', range: '10.214', containers: { toxiproxy: 'one' } };
  await begin(startedAt, { runtime: 'docker', docker });
  await expect.poll(lab, within).toMatchObject({ state: 'running', startedAt });
  const { name } = await lab();
  hangs = true;
  // The one that was seen may still be fresh.
  await expect.poll(lab, { timeout: 7000, interval: 100 }).toMatchObject({ state: 'silent' });
  const began = performance.now();
  const { lab: silent } = await watch.snapshot();
  expect(performance.now() - began).toBeLessThan(3000);
  expect(silent).toMatchObject({ state: 'silent', goneSince: expect.any(String), name, startedAt });
  expect(watch.state).toBeUndefined();
  hangs = false;
  supervisor?.closeAllConnections();
  await expect.poll(lab, within).toMatchObject({ state: 'running', goneSince: null, name });
});
