import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Notification } from './notification.ts';

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firedrill-receiver-'));
});

afterEach(async () => {
  if (child !== undefined && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true });
});

async function start(env: Record<string, string> = {}): Promise<string> {
  child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      RECEIVER_PORT: '0',
      RECEIVER_TOKEN: 'a-token-of-the-test-only',
      RECEIVER_JOURNAL: join(folder, 'journal.jsonl'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return `http://127.0.0.1:${/:(\d+)/.exec(line.toString())![1]}`;
}

async function notifications(base: string): Promise<readonly Notification[]> {
  return ((await (await fetch(`${base}/notifications`)).json()) as { notifications: Notification[] })
    .notifications;
}

describe('the receiver as a process', () => {
  it('pages by itself when no heartbeat comes, and remembers it after SIGKILL', async () => {
    const base = await start({ RECEIVER_FIRST_HEARTBEAT_SECONDS: '0.3' });
    await expect
      .poll(() => notifications(base), { timeout: 60_000 })
      .toMatchObject([{ alert: 'WatchdogMissing', severity: 'page', status: 'firing', source: 'receiver' }]);
    child!.kill('SIGKILL');
    await once(child!, 'exit');
    const again = await start({ RECEIVER_FIRST_HEARTBEAT_SECONDS: '0.3' });
    expect(await notifications(again)).toHaveLength(1);
  });

  it('holds nothing of what it refuses, and nothing twice of what is replayed', async () => {
    const base = await start();
    let log = '';
    child!.stderr!.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    const post = (body: string, token = 'a-token-of-the-test-only') =>
      fetch(`${base}/alerts`, { method: 'POST', body, headers: { authorization: `Bearer ${token}` } });
    const memoryMb = () =>
      Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child!.pid}/status`, 'utf8'))![1]) / 1024;
    const delivery = (size: number) =>
      JSON.stringify({
        version: '4',
        groupKey: 'g',
        status: 'firing',
        receiver: 'firedrill',
        alerts: [
          {
            status: 'firing',
            labels: { alertname: 'A', filler: 'x'.repeat(size) },
            annotations: {},
            startsAt: '2026-03-01T11:59:58Z',
            endsAt: '0001-01-01T00:00:00Z',
            fingerprint: 'f',
          },
        ],
      });
    const [large, usual] = [delivery(10_000_000), delivery(500_000)];
    expect((await post(usual)).status).toBe(200);
    const before = memoryMb();
    for (let round = 0; round < 12; round += 1) {
      expect((await post(large)).status).toBe(413);
      expect((await post(large, 'another')).status).toBe(401);
      expect((await post(usual)).status).toBe(200);
    }
    // 240 MB were refused.
    expect(memoryMb() - before).toBeLessThan(120);
    expect((await stat(join(folder, 'journal.jsonl'))).size).toBeLessThan(1_000_000);
    expect(await notifications(base)).toHaveLength(1);
    // What was signed and refused is lost, so it is said; a stranger cannot fill the log.
    const line = 'receiver: refused a delivery: 413 {"error":"the payload is larger than 1 MiB"}\n';
    await expect.poll(() => log, { timeout: 30_000 }).toBe(line.repeat(12));
  });

  it('ends on SIGTERM with 0', async () => {
    await start();
    child!.kill('SIGTERM');
    expect((await once(child!, 'exit'))[0]).toBe(0);
  });

  it('says in one line which variable is wrong', async () => {
    child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { RECEIVER_PORT: '0', RECEIVER_TOKEN: 'short', RECEIVER_JOURNAL: join(folder, 'j') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    expect((await once(child, 'close'))[0]).toBe(64);
    expect(text).toMatch(/^firedrill: .*\(RECEIVER_TOKEN\).*\[usage\]\n$/);
  });
});
