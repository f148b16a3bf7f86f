import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { wantedProxies } from '../control/edges.ts';
import { nativeRunner } from '../control/native-runner.ts';
import { toxiproxyApi } from '../control/toxiproxy.ts';
import { plainState } from '../testing/plain-context.ts';
import { healMember } from './heal-member.ts';

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

it('waits for the place of a server although Toxiproxy misses one look, as on a machine that stalls', async () => {
  const plain = plainState(4);
  const whole = Object.fromEntries(
    wantedProxies(plain).map(({ name, ...rest }) => [name, { ...rest, toxics: [] }]),
  );
  let looks = 0;
  const toxiproxy = await listen((_request, response) => {
    looks += 1;
    if (looks > 1) response.end(JSON.stringify(whole));
  });
  // It streams only after the look that was missed.
  const patroni = await listen((_request, response) => {
    const place =
      looks > 1 ? { role: 'sync_standby', state: 'streaming' } : { role: 'replica', state: 'starting' };
    const members = [
      { name: 'pg-1', role: 'leader', state: 'running', timeline: 1 },
      { name: 'pg-2', ...place, timeline: 1 },
    ];
    response.end(JSON.stringify({ members }));
  });
  const nodes = Object.fromEntries(
    Object.entries(plain.nodes).map(([name, ports]) => [
      name,
      'rest' in ports ? { ...ports, rest: patroni } : ports,
    ]),
  );
  const state = { ...plain, labId: `member-${process.pid}`, home: '/nonexistent', nodes };
  const env = { ...process.env, FIREDRILL_LAB: state.labId, FIREDRILL_NODE: 'pg-2' };
  const server = spawn('sleep', ['60'], { env, stdio: 'ignore' });
  onTestFinished(() => void server.kill('SIGKILL'));
  await once(server, 'spawn');

  const parts = { state, runner: nativeRunner(state), api: toxiproxyApi(toxiproxy) };
  await healMember(parts, 'pg-2');
  expect(looks).toBeGreaterThan(1);
});
