import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@firedrill/provision';
import { alertmanagerConfig } from '../alertmanager.ts';
import type { Notification } from '../receiver/notification.ts';

const token = 'the-token-of-the-pipeline-test';

type Env = Readonly<Record<string, string>>;

/** The last part of an alert's way: Alertmanager and the receiver, real ones, in a folder of their own. */
export interface Delivery {
  readonly folder: string;
  readonly alertmanagerUrl: string;
  readonly receiverUrl: string;
  readonly processes: Readonly<Record<'receiver' | 'alertmanager', ChildProcess>>;
  notifications(): Promise<readonly Notification[]>;
  /** One more process in the folder, ended by `stop`. */
  start(file: string, args: readonly string[], env?: Env): ChildProcess;
  stop(): Promise<void>;
}

export async function startDelivery(receiverEnv: Env = {}): Promise<Delivery> {
  const binary = (await provision(['alertmanager'])).get('alertmanager')!.bin('alertmanager');
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-pipeline-'));
  const children: ChildProcess[] = [];
  const start: Delivery['start'] = (file, args, env = {}) => {
    const child = spawn(file, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr!.pipe(createWriteStream(join(folder, `${children.length}.log`)));
    children.push(child);
    return child;
  };
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [receiverPort, alertmanagerPort] = await freePorts(2);
    const receiver = start(process.execPath, [join(import.meta.dirname, '../receiver/main.ts')], {
      RECEIVER_PORT: String(receiverPort),
      RECEIVER_TOKEN: token,
      RECEIVER_JOURNAL: join(folder, 'journal.jsonl'),
      ...receiverEnv,
    });
    await writeFile(
      join(folder, 'alertmanager.yml'),
      alertmanagerConfig({ receiver: `127.0.0.1:${receiverPort}`, token }),
      { mode: 0o600 },
    );
    const alertmanager = start(binary, [
      '--config.file=alertmanager.yml',
      '--storage.path=alertmanager-data',
      `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
      '--cluster.listen-address=',
    ]);
    const receiverUrl = `http://127.0.0.1:${receiverPort}`;
    const alertmanagerUrl = `http://127.0.0.1:${alertmanagerPort}`;
    await Promise.all([`${receiverUrl}/readyz`, `${alertmanagerUrl}/-/ready`].map(untilReady));
    return {
      folder,
      alertmanagerUrl,
      receiverUrl,
      processes: { receiver, alertmanager },
      notifications: async () =>
        (await json<{ notifications: Notification[] }>(`${receiverUrl}/notifications`)).notifications,
      start,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export async function json<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

export async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    if (Date.now() > deadline) throw new Error(`${url} did not become ready`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ports below the ephemeral range, so that no outgoing connection can take them before their process does. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (free) {
      await new Promise((resolve) => server.close(resolve));
      if (!ports.includes(port)) ports.push(port);
    }
  }
  return ports;
}
