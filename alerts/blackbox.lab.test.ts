import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@firedrill/provision';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blackboxConfig, readinessModule } from './blackbox.ts';
import { freePorts, untilReady } from './pipeline/delivery.ts';

let folder: string;
let blackbox: ChildProcess;
let blackboxUrl: string;
let target: Server;
let targetUrl: string;

beforeAll(async () => {
  const binary = (await provision(['blackbox'])).get('blackbox')!.bin('blackbox_exporter');
  folder = await mkdtemp(join(tmpdir(), 'firedrill-blackbox-'));
  await writeFile(join(folder, 'blackbox.yml'), blackboxConfig());
  const [port] = await freePorts(1);
  const flags = ['--config.file=blackbox.yml', `--web.listen-address=127.0.0.1:${port}`];
  blackbox = spawn(binary, flags, { cwd: folder, stdio: 'ignore' });
  blackboxUrl = `http://127.0.0.1:${port}`;
  await untilReady(`${blackboxUrl}/-/healthy`);
  target = createServer((request, response) => {
    const [, what] = request.url!.split('/');
    if (what === 'silence') return;
    response.writeHead(Number(what), { location: '/200' }).end();
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  targetUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
});

afterAll(async () => {
  target.closeAllConnections();
  target.close();
  blackbox.kill('SIGKILL');
  await once(blackbox, 'exit');
  await rm(folder, { recursive: true });
});

/** As Prometheus asks it: one of the probe's samples. */
async function probe(url: string): Promise<string | undefined> {
  const words = new URLSearchParams({ module: readinessModule, target: url });
  const text = await (await fetch(`${blackboxUrl}/probe?${words}`)).text();
  return /^probe_success (\d)$/m.exec(text)?.[1];
}

// What rules-tests hold ProbeFailing against.
it.each([
  ['is ready', '/200', '1'],
  ['is not ready', '/503', '0'],
  ['says that something else is', '/302', '0'],
  ['says nothing', '/silence', '0'],
])('a node that %s', async (_name, path, success) => {
  // On a machine that stalls one probe may be too late.
  await expect.poll(() => probe(`${targetUrl}${path}`), { timeout: 60_000 }).toBe(success);
});

it('a node that is not there', async () => {
  const [port] = await freePorts(1);
  expect(await probe(`http://127.0.0.1:${port}/200`)).toBe('0');
});
