import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Notification } from '@firedrill/alerts';
import { provision } from '@firedrill/provision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { plainContext } from '../testing/plain-context.ts';
import { freePorts } from '../up/free-ports.ts';
import { wireLevel } from './wire-level.ts';
import type { WiringContext } from './wiring.ts';

const parts = ['loki-1', 'alertmanager-1', 'receiver-1'] as const;

let home: string;
let lokiUrl: string;
let receiverUrl: string;
const children: ChildProcess[] = [];

/** Loki, Alertmanager and the receiver as the lab wires them, each edge a straight way. */
beforeAll(async () => {
  const built = await provision(['loki', 'alertmanager']);
  home = await mkdtemp(join(tmpdir(), 'firedrill-loki-'));
  const [http = 0, grpc = 0, alertmanager = 0, receiver = 0] = await freePorts(
    4,
    24_000 + (process.pid % 4000),
  );
  const plain = plainContext();
  const edge = (port: number) => ({ listen: port, upstream: port });
  const context: WiringContext = {
    ...plain,
    state: {
      ...plain.state,
      home,
      checkout: join(import.meta.dirname, '../../..'),
      nodes: {
        ...plain.state.nodes,
        'loki-1': { http, grpc },
        'alertmanager-1': { http: alertmanager },
        'receiver-1': { http: receiver },
      },
      edges: {
        ...plain.state.edges,
        'loki-1:alertmanager-1': edge(alertmanager),
        'alertmanager-1:receiver-1': edge(receiver),
      },
      secrets: { ...plain.state.secrets, receiverToken: 'the-token-of-the-loki-test' },
    },
    binary: (component, executable) => built.get(component)?.bin(executable) ?? `/${executable}`,
    nodeJs: process.execPath,
  };
  lokiUrl = `http://127.0.0.1:${http}`;
  receiverUrl = `http://127.0.0.1:${receiver}`;
  const wired = wireLevel(context).filter(({ name }) => parts.some((part) => part === name));
  for (const { name, files, argv, env } of wired) {
    const cwd = join(home, name);
    await mkdir(cwd, { recursive: true });
    for (const { path, content } of files) {
      await mkdir(dirname(join(cwd, path)), { recursive: true });
      await writeFile(join(cwd, path), content as string, { mode: 0o600 });
    }
    const [file = '', ...args] = argv;
    const child = spawn(file, args, {
      cwd,
      // The pager of this checkout is not the test's.
      env: { ...process.env, ...env, RECEIVER_JOURNAL: join(home, 'journal.jsonl') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr!.pipe(createWriteStream(join(home, `${name}.log`)));
    children.push(child);
  }
  const ready = [`${lokiUrl}/ready`, `http://127.0.0.1:${alertmanager}/-/ready`, `${receiverUrl}/readyz`];
  for (const url of ready)
    await eventually(url, async () => ((await fetch(url)).ok ? true : undefined), 120_000);
});

afterAll(async () => {
  for (const child of children.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

interface Line {
  readonly service: string;
  readonly node: string;
  readonly body: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** As the collector sends them. */
async function say(lines: readonly Line[]): Promise<void> {
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
  const resourceLogs = lines.map(({ service, node, body, attributes = {} }, index) => ({
    resource: {
      attributes: [
        text('service.name', service),
        text('service.namespace', 'shop-l1'),
        text('node', node),
        text('level', '1'),
      ],
    },
    scopeLogs: [
      {
        logRecords: [
          {
            timeUnixNano: `${Date.now()}${String(index).padStart(6, '0')}`,
            body: { stringValue: body },
            attributes: Object.entries(attributes).map(([key, value]) => text(key, value)),
          },
        ],
      },
    ],
  }));
  const answer = await fetch(`${lokiUrl}/otlp/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs }),
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
}

const notifications = async (): Promise<readonly Notification[]> =>
  ((await (await fetch(`${receiverUrl}/notifications`)).json()) as { notifications: Notification[] })
    .notifications;

const postgres = (severity: string, state: string, body: string): Line => ({
  service: 'postgres',
  node: 'pg-1',
  body,
  attributes: { error_severity: severity, state_code: state },
});
const unavailable: Line = {
  service: 'shop',
  node: 'api-1',
  body: 'request failed',
  attributes: {
    'err.type': 'DatabaseUnavailable',
    'err.message': 'the database is not available (deadline)',
  },
};

/** What a lab says while all is well, or while another alert says it already. */
const harmless: readonly Line[] = [
  ...Array<Line>(10).fill(unavailable),
  ...Array<Line>(20).fill({ ...unavailable, attributes: { 'err.type': 'PaymentUnavailable' } }),
  postgres('FATAL', '57P03', 'the database system is starting up'),
  postgres('FATAL', '57P01', 'terminating connection due to administrator command'),
  postgres('FATAL', '25P03', 'terminating connection due to idle-in-transaction timeout'),
  postgres('FATAL', '08006', 'streaming replication receiver "walreceiver" could not connect to the primary'),
  postgres('ERROR', '23505', 'duplicate key value violates unique constraint'),
  { service: 'payment-provider', node: 'payment-1', body: 'request failed: panic: is not how it begins' },
  { service: 'loki', node: 'loki-1', body: 'panic: no space left on device' },
];

/** In one story: what comes after silence proves that the silence was none of deafness. */
describe('what Loki tells of the logs', () => {
  it('loads its rules', async () => {
    const answer = await fetch(`${lokiUrl}/prometheus/api/v1/rules`);
    const { data } = (await answer.json()) as { data: { groups: { rules: { name: string }[] }[] } };
    expect(data.groups.flatMap(({ rules }) => rules.map(({ name }) => name))).toEqual([
      'DatabaseErrorsLogged',
      'PostgresFatal',
      'ProcessCrashed',
      'OutOfRoom',
    ]);
  });

  it('says when it evaluated them, under the names that Prometheus keeps of it', async () => {
    const values = await eventually('an evaluation', async () => {
      const lines = (await (await fetch(`${lokiUrl}/metrics`)).text()).split('\n');
      const valuesOf = (name: string): readonly number[] =>
        lines.filter((line) => line.startsWith(`${name}{`)).map((line) => Number(line.split(' ').at(-1)));
      const evaluated = valuesOf('loki_prometheus_rule_group_last_evaluation_timestamp_seconds');
      const failures = valuesOf('loki_prometheus_rule_evaluation_failures_total');
      return evaluated.length > 0 && evaluated.every((seconds) => seconds > 0)
        ? { evaluated, failures }
        : undefined;
    });
    expect(Math.abs(values.evaluated[0]! - Date.now() / 1000)).toBeLessThan(30);
    expect(values.failures).toEqual([0]);
  });

  it('is silent about what is no news, and pages nobody about what is', async () => {
    await say(harmless);
    // Two evaluations that read what was said.
    const seen = new Set<string>();
    await eventually('two evaluations after it', async () => {
      const answer = await fetch(`${lokiUrl}/prometheus/api/v1/rules`);
      const { data } = (await answer.json()) as { data: { groups: { lastEvaluation: string }[] } };
      for (const { lastEvaluation } of data.groups) seen.add(lastEvaluation);
      return seen.size > 2 ? true : undefined;
    });
    expect(await notifications()).toEqual([]);

    await say([
      ...Array<Line>(11).fill(unavailable),
      postgres('PANIC', 'XX000', 'could not write to file "pg_wal/xlogtemp.1": No space left on device'),
      { service: 'shop', node: 'api-1', body: 'Node.js v24.21.0' },
    ]);
    const came = await eventually(
      'the tickets',
      async () => {
        const all = (await notifications()).filter(({ status }) => status === 'firing');
        return new Set(all.map(({ alert }) => alert)).size >= 4 ? all : undefined;
      },
      120_000,
    );
    expect(came.map(({ alert, labels }) => [alert, labels['instance'] ?? '']).toSorted()).toEqual([
      ['DatabaseErrorsLogged', ''],
      ['OutOfRoom', 'pg-1'],
      ['PostgresFatal', 'pg-1'],
      ['ProcessCrashed', 'api-1'],
    ]);
    for (const one of came) {
      expect(one).toMatchObject({
        severity: 'ticket',
        status: 'firing',
        labels: { service: 'shop-l1', level: '1' },
        annotations: { runbook_url: `runbooks/${one.alert}.md` },
      });
    }
  });
});
