import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { provision } from '@firedrill/provision';
import { quietHistory } from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import { parse, stringify } from 'yaml';
import { $ } from 'zx';
import type { Notification } from '../receiver/notification.ts';
import { prometheusAlertFlags, prometheusRuleFiles } from '../rule-files.ts';
import { freePorts, json, startDelivery, untilReady } from './delivery.ts';

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
  /** How often the rules look at the whole period, `2s`; by default as seldom as in a lab. */
  readonly periodEvery?: string;
}

export async function startRig({
  level,
  clientPort,
  receiverEnv = {},
  periodEvery,
}: RigOptions): Promise<PipelineRig> {
  const prometheus = (await provision(['prometheus'])).get('prometheus')!;
  const delivery = await startDelivery(receiverEnv);
  const { folder, alertmanagerUrl, receiverUrl, notifications, stop } = delivery;
  try {
    const [port] = await freePorts(1);
    await mkdir(join(folder, 'data'));
    await pipeline(
      Readable.from(quietHistory({ level, endMs: Date.now() })),
      createWriteStream(join(folder, 'history.txt')),
    );
    await $({
      quiet: true,
    })`${prometheus.bin('promtool')} tsdb create-blocks-from openmetrics --quiet ${join(folder, 'history.txt')} ${join(folder, 'data')}`;
    const rules = prometheusRuleFiles(level.number, 'drill');
    const ruleFiles = periodEvery === undefined ? rules : await hurried(rules, periodEvery, folder);
    await writeFile(
      join(folder, 'prometheus.yml'),
      prometheusConfig({ level, clientPort, ruleFiles, alertmanager: new URL(alertmanagerUrl).host }),
    );
    const prometheusProcess = delivery.start(prometheus.bin('prometheus'), [
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=data',
      '--storage.tsdb.retention.time=1d',
      '--scrape.discovery-reload-interval=1s',
      `--web.listen-address=127.0.0.1:${port}`,
      ...prometheusAlertFlags,
    ]);
    const prometheusUrl = `http://127.0.0.1:${port}`;
    await untilReady(`${prometheusUrl}/-/ready`);
    return {
      prometheusUrl,
      alertmanagerUrl,
      processes: { ...delivery.processes, prometheus: prometheusProcess },
      notifications,
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

/** Copies of the rules whose groups of a period's budget are evaluated so often. */
const hurried = (files: readonly string[], every: string, folder: string): Promise<readonly string[]> =>
  Promise.all(
    files.map(async (file, index) => {
      const { groups } = parse(await readFile(file, 'utf8')) as { groups: { name: string }[] };
      const own = groups.map((group) =>
        group.name.endsWith('-budget') ? { ...group, interval: every } : group,
      );
      const path = join(folder, `rules-${index}.yaml`);
      await writeFile(path, stringify({ groups: own }));
      return path;
    }),
  );

function prometheusConfig(options: {
  readonly level: Level;
  readonly clientPort: number;
  readonly ruleFiles: readonly string[];
  readonly alertmanager: string;
}): string {
  const { level, clientPort, ruleFiles, alertmanager } = options;
  return stringify({
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ruleFiles,
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
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
