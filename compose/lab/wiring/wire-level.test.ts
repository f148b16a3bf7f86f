import { feedStores, levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { logPath } from '../addresses.ts';
import { saboteurLog } from '../control/saboteur/saboteurs.ts';
import { toxiproxyProcess } from '../control/toxiproxy-process.ts';
import { told, wiredLevel } from '../testing/wired-level.ts';
import { componentsOf } from './wire-level.ts';

const wired = levels.flatMap(({ number }) => feedStores.map((feed) => [number, feed] as const));

describe.each(wired)('the wiring of level %i with feeds in %s', (number, feed) => {
  const { level, state, processes, named } = wiredLevel(number, feed);
  const kindOf = (name: string) => level.nodes.find((node) => node.name === name)?.kind;

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
      // Prometheus is told what Blackbox shall ask, as Blackbox's target. Who advertises an address is told it, and no other; one
      // that is for all is told all of them, the target itself included.
      const from = edge.advertised ? edge.to : edge.from === 'blackbox-1' ? 'prometheus-1' : edge.from;
      const port = String(state.edges[edge.name]?.listen);
      const knowing = processes
        .filter((wired) => wired.name !== 'toxiproxy' && told(wired).includes(port))
        .map((wired) => wired.name);
      // Which server follows which is only known when it does.
      if (kindOf(edge.from) === 'postgres')
        expect([from], edge.name).toEqual(expect.arrayContaining(knowing));
      else if (edge.sources !== undefined)
        expect(knowing, edge.name).toEqual([...edge.sources, edge.to].toSorted());
      else expect(knowing, edge.name).toEqual([from]);
    }
  });

  it('listens on 127.0.0.1 and names no other address', () => {
    for (const wired of processes) expect(told(wired), wired.name).not.toMatch(/0\.0\.0\.0|localhost|::/);
  });

  it('gives a secret only to those who use it', () => {
    const knowing = (secret: string) => [
      ...new Set(
        processes
          .filter((wired) => told(wired).includes(secret))
          .map(({ name }) => kindOf(name) ?? name)
          .toSorted(),
      ),
    ];
    const pooled = kindOf('pgbouncer-1') === undefined ? [] : ['pgbouncer'];
    const server = kindOf('pg-1') ?? '';
    expect(knowing('pg-secret')).toEqual(['migrate', ...pooled, server, 'shop-api'].toSorted());
    expect(knowing('exporter-secret')).toEqual(
      pooled.length === 0 ? [] : ['pgbouncer', 'pgbouncer-exporter', server, 'postgres-exporter'].toSorted(),
    );
    expect(knowing('patroni-secret')).toEqual(server === 'patroni' ? ['patroni'] : []);
    expect(knowing('payment-secret')).toEqual(['payment-provider', 'shop-api']);
    expect(knowing('receiver-secret')).toEqual(['alertmanager', 'receiver']);
  });

  it('shows no secret in a command, which every user of the machine can read', () => {
    for (const { name, argv } of processes)
      for (const secret of Object.values(state.secrets)) expect(argv.join(' '), name).not.toContain(secret);
  });

  it('keeps no log that tells what is done to the nodes: a drill is sealed in Loki too', () => {
    const config = parse(String(named('collector-1').files[0]?.content));
    const { exclude } = config.receivers['file_log/processes'];
    for (const name of [toxiproxyProcess, saboteurLog]) expect(exclude).toContain(logPath(state, name));
  });

  it('needs each component once', () => {
    expect(componentsOf(level)).toEqual([...new Set(componentsOf(level))]);
    expect(componentsOf(level)).toContain('jaeger');
  });
});
