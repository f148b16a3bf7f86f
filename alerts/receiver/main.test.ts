import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
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
      .poll(() => notifications(base), { timeout: 10_000 })
      .toMatchObject([{ alert: 'WatchdogMissing', severity: 'page', status: 'firing', source: 'receiver' }]);
    child!.kill('SIGKILL');
    await once(child!, 'exit');
    const again = await start({ RECEIVER_FIRST_HEARTBEAT_SECONDS: '0.3' });
    expect(await notifications(again)).toHaveLength(1);
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
