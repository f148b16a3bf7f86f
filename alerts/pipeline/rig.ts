import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { provision } from '@firedrill/provision';
import { quietHistory } from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import { stringify } from 'yaml';
import { $ } from 'zx';
import { alertmanagerConfig } from '../alertmanager.ts';
import type { Notification } from '../receiver/notification.ts';
import { prometheusAlertFlags, prometheusRuleFiles } from '../rule-files.ts';

const token = 'the-token-of-the-pipeline-test';

/** The real way of an alert, without a shop: history, Prometheus, Alertmanager, receiver. For tests and measurements. */
export interface PipelineRig {
  readonly prometheusUrl: string;
  readonly alertmanagerUrl: string;
  readonly processes: Readonly<Record<'receiver' | 'alertmanager' | 'prometheus', ChildProcess>>;
  notifications(): Promise<readonly Notification[]>;
  watchdog(): Promise<{ readonly lastHeartbeatAt: string | null; readonly silentMs: number }>;
  /** An instant query's samples. */
  query(
    promql: string,
  ): Promise<readonly { readonly metric: Record<string, string>; readonly value: number }[]>;
  stop(): Promise<void>;
}

export interface RigOptions {
  readonly level: Level;
  /** Where the load client's metrics are. */
  readonly clientPort: number;
  readonly receiverEnv?: Readonly<Record<string, string>>;
}

export async function startRig({ level, clientPort, receiverEnv = {} }: RigOptions): Promise<PipelineRig> {
  const parts = await provision(['prometheus', 'alertmanager']);
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-pipeline-'));
  const children: ChildProcess[] = [];
  const start = (
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): ChildProcess => {
    const child = spawn(file, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const log = createWriteStream(join(folder, `${children.length}.log`));
    child.stderr!.pipe(log);
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
    const [receiverPort, alertmanagerPort, prometheusPort] = await freePorts(3);
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
    const alertmanager = start(parts.get('alertmanager')!.bin('alertmanager'), [
      '--config.file=alertmanager.yml',
      '--storage.path=alertmanager-data',
      `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
      '--cluster.listen-address=',
    ]);
    const prometheus = parts.get('prometheus')!;
    await mkdir(join(folder, 'data'));
    await pipeline(
      Readable.from(quietHistory({ level, endMs: Date.now() })),
      createWriteStream(join(folder, 'history.txt')),
    );
    await $({
      quiet: true,
    })`${prometheus.bin('promtool')} tsdb create-blocks-from openmetrics --quiet ${join(folder, 'history.txt')} ${join(folder, 'data')}`;
    await writeFile(
      join(folder, 'prometheus.yml'),
      prometheusConfig({ level, clientPort, alertmanagerPort: alertmanagerPort! }),
    );
    const prometheusProcess = start(prometheus.bin('prometheus'), [
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=data',
      '--storage.tsdb.retention.time=1d',
      '--scrape.discovery-reload-interval=1s',
      `--web.listen-address=127.0.0.1:${prometheusPort}`,
      ...prometheusAlertFlags,
    ]);
    const receiverUrl = `http://127.0.0.1:${receiverPort}`;
    const prometheusUrl = `http://127.0.0.1:${prometheusPort}`;
    const alertmanagerUrl = `http://127.0.0.1:${alertmanagerPort}`;
    await Promise.all(
      [`${receiverUrl}/readyz`, `${alertmanagerUrl}/-/ready`, `${prometheusUrl}/-/ready`].map(untilReady),
    );
    return {
      prometheusUrl,
      alertmanagerUrl,
      processes: { receiver, alertmanager, prometheus: prometheusProcess },
      notifications: async () =>
        (await json<{ notifications: Notification[] }>(`${receiverUrl}/notifications`)).notifications,
      watchdog: () => json(`${receiverUrl}/watchdog`),
      query: async (promql) => {
        const url = `${prometheusUrl}/api/v1/query?query=${encodeURIComponent(promql)}`;
        type Sample = { metric: Record<string, string>; value: [number, string] };
        const { data } = await json<{ data: { result: Sample[] } }>(url);
        return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function prometheusConfig(options: { level: Level; clientPort: number; alertmanagerPort: number }): string {
  const { level, clientPort, alertmanagerPort } = options;
  return stringify({
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: prometheusRuleFiles(level.number, 'drill'),
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
    scrape_configs: [
      {
        job_name: 'client',
        scrape_interval: '500ms',
        scrape_timeout: '500ms',
        static_configs: [
          {
            targets: [`127.0.0.1:${clientPort}`],
            labels: { instance: 'client-1', service: level.service, level: String(level.number) },
          },
        ],
      },
    ],
  });
}

async function json<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

async function untilReady(url: string): Promise<void> {
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
async function freePorts(count: number): Promise<readonly number[]> {
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
