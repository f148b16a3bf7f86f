import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { plainContext } from '../testing/plain-context.ts';
import { componentsOf, wireLevel } from './wire-level.ts';
import type { Wired } from './wiring.ts';

const context = plainContext();
const processes = wireLevel(context);
const { state, level } = context;

const named = (name: string): Wired => {
  const found = processes.find((wired) => wired.name === name);
  if (found === undefined) throw new Error(`no process ${name}`);
  return found;
};

/** Everything that a process is told: its command, environment, files and preparations. */
const told = (wired: Wired): string =>
  [
    ...wired.argv,
    ...Object.values(wired.env),
    ...wired.preparations.flatMap((one) => one.argv),
    ...wired.files.map(({ content }) => (typeof content === 'string' ? content : '')),
  ].join('\n');

const file = (node: string, path: string) => {
  const content = named(node).files.find((one) => one.path === path)?.content;
  return parse(typeof content === 'string' ? content : '');
};

describe('the wiring of level 1', () => {
  it('starts each node but the load client, and what carries and prepares them', () => {
    const nodes = level.nodes.map((node) => node.name).filter((name) => name !== 'client-1');
    expect(processes.map((wired) => wired.name).toSorted()).toEqual(
      ['migrate', 'toxiproxy', ...nodes].toSorted(),
    );
  });

  it('tells no node the real port of another: the only way is the edge', () => {
    for (const node of level.nodes.filter((one) => one.kind !== 'load-client')) {
      const others = Object.entries(state.nodes).filter(([name]) => name !== node.name);
      for (const port of others.flatMap(([, ports]) => Object.values(ports))) {
        expect(told(named(node.name)), `${node.name} knows ${port}`).not.toContain(String(port));
      }
    }
  });

  it('tells a node the proxies of its own edges and of no other', () => {
    for (const edge of level.edges.filter(({ from }) => from !== 'client-1')) {
      // Prometheus is told what Blackbox shall ask, as Blackbox's target.
      const from = edge.from === 'blackbox-1' ? 'prometheus-1' : edge.from;
      const port = String(state.edges[edge.name]?.listen);
      const knowing = processes.filter((wired) => wired.name !== 'toxiproxy' && told(wired).includes(port));
      expect(
        knowing.map((wired) => wired.name),
        edge.name,
      ).toEqual([from]);
    }
  });

  it('listens on 127.0.0.1 and names no other address', () => {
    for (const wired of processes) expect(told(wired)).not.toMatch(/0\.0\.0\.0|localhost|::/);
  });

  it('gives a secret only to those who use it', () => {
    const knowing = (secret: string) =>
      processes.filter((wired) => told(wired).includes(secret)).map(({ name }) => name);
    expect(knowing('pg-secret').toSorted()).toEqual(['api-1', 'migrate', 'pg-1']);
    expect(knowing('payment-secret').toSorted()).toEqual(['api-1', 'payment-1']);
    expect(knowing('receiver-secret').toSorted()).toEqual(['alertmanager-1', 'receiver-1']);
  });

  it('lets PostgreSQL log a slow statement, and never the values bound to it: one is a card token', () => {
    const conf = named('pg-1').files.find((one) => one.path === 'postgresql.conf')?.content;
    expect(conf).toMatch(/^log_min_duration_statement = \d+ms$/m);
    expect(conf).toMatch(/^log_parameter_max_length = 0$/m);
    expect(conf).toMatch(/^log_parameter_max_length_on_error = 0$/m);
  });

  it('needs each component once', () => {
    expect(componentsOf(level)).toEqual([...new Set(componentsOf(level))]);
    expect(componentsOf(level)).toContain('jaeger');
  });
});

describe("Prometheus' scrapes", () => {
  const jobs: readonly { job_name: string; scrape_interval: string; static_configs: readonly object[] }[] =
    file('prometheus-1', 'prometheus.yml').scrape_configs;
  const job = (name: string) => jobs.find((one) => one.job_name === name);

  it('scrape the client every 500 ms with the labels of the quiet history', () => {
    expect(job('client')).toMatchObject({
      scrape_interval: '500ms',
      static_configs: [
        {
          targets: [`127.0.0.1:${state.edges['prometheus-1:client-1']?.listen}`],
          labels: { instance: 'client-1', service: 'shop-l1', level: '1' },
        },
      ],
    });
  });

  it('probe each node that Blackbox has an edge to', () => {
    const targets = job('probe')?.static_configs;
    expect(targets).toHaveLength(level.edges.filter((edge) => edge.from === 'blackbox-1').length);
    expect(targets?.[0]).toMatchObject({
      labels: {
        instance: 'api-1',
        __param_target: `http://127.0.0.1:${state.edges['blackbox-1:api-1']?.listen}/readyz`,
      },
    });
  });
});

it('keeps PostgreSQL durable', () => {
  const settings = named('pg-1').files[0]?.content;
  expect(settings).toMatch(/^fsync = on$/m);
  expect(settings).toMatch(/^synchronous_commit = on$/m);
  expect(settings).toMatch(/^listen_addresses = '127\.0\.0\.1'$/m);
});
