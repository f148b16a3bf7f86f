import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { plainState } from '../testing/plain-context.ts';
import { awaitIdle, awaitServing, edgesBefore, sessionsOf } from './edge.ts';
import { runtimeSocket } from './runtime-socket.ts';

const table = [
  '# pxname,svname,qcur,qmax,scur,smax,slim',
  'users,FRONTEND,,,9,12,2000',
  'shop,api-1,0,0,3,7,',
  'shop,api-2,0,0,0,7,',
  'shop,BACKEND,0,0,3,12,200',
  '',
].join('\n');

it.each([
  ['api-1', 3],
  ['api-2', 0],
  ['api-9', 0],
])('%s has %i sessions', (api, sessions) => {
  expect(sessionsOf(table, api)).toBe(sessions);
});

it('knows who stands before an API', () => {
  expect(edgesBefore({ level: 1 }, 'api-1')).toEqual([]);
  expect(edgesBefore({ level: 2 }, 'api-2')).toEqual(['edge-1']);
});

/** An edge and an API that run, and what the edge's socket answers, one after the other; `undefined`: it hangs up. */
async function edgeThatSays(answers: readonly (string | undefined)[]) {
  const home = mkdtempSync(join(tmpdir(), 'firedrill-edge-'));
  const state = { ...plainState(2), labId: `edge-${process.pid}`, home };
  const nodes = ['edge-1', 'api-1'].map((node) => {
    const env = { ...process.env, FIREDRILL_LAB: state.labId, FIREDRILL_NODE: node };
    return spawn('sleep', ['60'], { env, stdio: 'ignore' });
  });
  await Promise.all(nodes.map((node) => once(node, 'spawn')));
  let asked = 0;
  const server = createServer((socket) => {
    const answer = answers[asked++];
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer ?? ''));
  });
  mkdirSync(join(home, 'edge-1'));
  await new Promise<void>((resolve) => server.listen(join(home, 'edge-1', runtimeSocket), resolve));
  onTestFinished(() => {
    for (const node of nodes) node.kill('SIGKILL');
    server.close();
    rmSync(home, { recursive: true });
  });
  return { state, asked: () => asked };
}

it('takes an edge that does not answer for none without requests, and asks again', async () => {
  const says = (sessions: number) => `# pxname,svname,scur\nshop,api-1,${sessions}\n`;
  const { state, asked } = await edgeThatSays([undefined, says(1), says(0)]);
  expect(await awaitIdle(state, 'api-1')).toBe(0);
  expect(asked()).toBe(3);
});

it('takes an API for one that serves when the edge has found it ready itself', async () => {
  const says = (status: string) => `# pxname,svname,status\nshop,api-1,${status}\nshop,api-2,UP\n`;
  const { state, asked } = await edgeThatSays([undefined, says('DRAIN'), says('DOWN 1/2'), says('UP')]);
  await awaitServing(state, 'api-1');
  expect(asked()).toBe(4);
});
