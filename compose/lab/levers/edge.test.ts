import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { plainState } from '../testing/plain-context.ts';
import { awaitIdle, edgesBefore, sessionsOf } from './edge.ts';
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

it('takes an edge that does not answer for none without requests, and asks again', async () => {
  const home = mkdtempSync(join(tmpdir(), 'firedrill-edge-'));
  const state = { ...plainState(2), labId: `edge-${process.pid}`, home };
  const env = { ...process.env, FIREDRILL_LAB: state.labId, FIREDRILL_NODE: 'edge-1' };
  const edge = spawn('sleep', ['60'], { env, stdio: 'ignore' });
  await once(edge, 'spawn');
  // It hangs up, then has one request left, then none.
  const answers = [undefined, 1, 0];
  let asked = 0;
  const server = createServer((socket) => {
    const sessions = answers[asked++];
    socket.on('error', () => {});
    socket.once('data', () => {
      if (sessions === undefined) socket.end();
      else socket.end(`# pxname,svname,scur\nshop,api-1,${sessions}\n`);
    });
  });
  mkdirSync(join(home, 'edge-1'));
  await new Promise<void>((resolve) => server.listen(join(home, 'edge-1', runtimeSocket), resolve));
  onTestFinished(() => {
    edge.kill('SIGKILL');
    server.close();
    rmSync(home, { recursive: true });
  });
  expect(await awaitIdle(state, 'api-1')).toBe(0);
  expect(asked).toBe(3);
});
