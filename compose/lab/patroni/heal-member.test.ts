import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { wantedProxies } from '../control/edges.ts';
import { processesOfNode } from '../control/lab-processes.ts';
import { nativeRunner } from '../control/native-runner.ts';
import { toxiproxyApi } from '../control/toxiproxy.ts';
import { plainState } from '../testing/plain-context.ts';
import { healMember } from './heal-member.ts';

const node = 'pg-2';
const plain = plainState(4);
const whole = JSON.stringify(
  Object.fromEntries(wantedProxies(plain).map(({ name, ...rest }) => [name, { ...rest, toxics: [] }])),
);

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const cluster = (place: { readonly role: string; readonly state: string }): string =>
  JSON.stringify({
    members: [
      { name: 'pg-1', role: 'leader', state: 'running', timeline: 1 },
      { name: node, ...place, timeline: 1 },
    ],
  });
const starting = cluster({ role: 'replica', state: 'starting' });
const streaming = cluster({ role: 'sync_standby', state: 'streaming' });

/** @param rest where each Patroni answers. @param name of the lab, whose processes it tells from others'. */
const stateWith = (rest: (server: string) => number, name: string) => ({
  ...plain,
  labId: `member-${name}-${process.pid}`,
  home: '/nonexistent',
  nodes: Object.fromEntries(
    Object.entries(plain.nodes).map(([server, ports]) => [
      server,
      'rest' in ports ? { ...ports, rest: rest(server) } : ports,
    ]),
  ),
});

/** A process that is told to be of that server. @returns its pid */
async function startServer({ labId }: { readonly labId: string }): Promise<number> {
  const env = { ...process.env, FIREDRILL_LAB: labId, FIREDRILL_NODE: node };
  const server = spawn('sleep', ['60'], { env, stdio: 'ignore' });
  onTestFinished(() => void server.kill('SIGKILL'));
  await once(server, 'spawn');
  return server.pid ?? 0;
}

it('waits for the place of a server although Toxiproxy misses one look, as on a machine that stalls', async () => {
  let looks = 0;
  const toxiproxy = await listen((_request, response) => {
    looks += 1;
    if (looks > 1) response.end(whole);
  });
  // It streams only after the look that was missed.
  const patroni = await listen((_request, response) => response.end(looks > 1 ? streaming : starting));
  const state = stateWith(() => patroni, 'late');
  await startServer(state);
  await healMember({ state, runner: nativeRunner(state), api: toxiproxyApi(toxiproxy) }, node);
  expect(looks).toBeGreaterThan(1);
});

it('starts a server anew whose Patroni has ended and whose PostgreSQL has not', async () => {
  const toxiproxy = await listen((_request, response) => response.end(whole));
  let started = 0;
  const others = await listen((_request, response) => response.end(started === 0 ? starting : streaming));
  const own = await listen((request) => void request.destroy());
  const state = stateWith((server) => (server === node ? own : others), 'headless');
  const left = await startServer(state);
  const native = nativeRunner(state);
  const runner = {
    ...native,
    process: async () => ({ name: node, status: 'Completed', running: false, ended: true, exitCode: 1 }),
    start: async () => {
      started = await startServer(state);
    },
  };
  await healMember({ state, runner, api: toxiproxyApi(toxiproxy) }, node);
  expect(processesOfNode(state, node).map(({ pid }) => pid)).toEqual([started]);
  expect(started).not.toBe(left);
});

it('says where a server stands that comes to no place in time', async () => {
  const toxiproxy = await listen((_request, response) => response.end(whole));
  const patroni = await listen((_request, response) => response.end(starting));
  const state = stateWith(() => patroni, 'stuck');
  await startServer(state);
  const parts = { state, runner: nativeRunner(state), api: toxiproxyApi(toxiproxy) };
  await expect(healMember(parts, node, 500)).rejects.toThrow(
    'pg-2 was started but has no place in the cluster after 0.5 s: pg-2 is starting on timeline 1, its leader pg-1 is running on timeline 1, no standby confirms',
  );
});
