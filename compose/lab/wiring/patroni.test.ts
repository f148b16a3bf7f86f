import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { plainContext } from '../testing/plain-context.ts';
import { told, wiredLevel } from '../testing/wired-level.ts';
import { wireLevel } from './wire-level.ts';

const { file, named, proxy, state } = wiredLevel(4);
const servers = ['pg-1', 'pg-2', 'pg-3'];
const config = (server: string) => parse(file(server, 'patroni.yml'));

describe('a server under Patroni', () => {
  it('reaches etcd through its own edges and asks it for no others', () => {
    for (const server of servers) {
      const { etcd3 } = config(server);
      expect(etcd3.use_proxies).toBe(true);
      expect(etcd3.hosts).toEqual([1, 2, 3].map((member) => proxy(`${server}:etcd-${member}`)));
    }
  });

  it('advertises one address, at which each of the others finds a proxy of its own', () => {
    for (const [port, advertised] of [
      ['', config('pg-1').postgresql.connect_address],
      ['/rest', config('pg-1').restapi.connect_address],
    ]) {
      const [name, number] = advertised.split(':');
      expect(name).toBe('pg-1.peer');
      const ends = ['pg-2', 'pg-3'].map((source) => state.edges[`${source}:pg-1${port}`]);
      expect(ends.map((end) => String(end?.listen))).toEqual([number, number]);
      expect(ends.map((end) => end?.host)).toEqual(
        ['pg-2', 'pg-3'].map((source) => named(source).env['FIREDRILL_PEERS']),
      );
    }
    const own = servers.map((server) => named(server).env['FIREDRILL_PEERS']);
    expect(new Set(own).size).toBe(3);
    for (const address of own) expect(address).toMatch(/^127\.0\.1\.\d$/);
  });

  it('acknowledges no commit that a standby does not have', () => {
    const { dcs } = config('pg-1').bootstrap;
    expect(dcs).toMatchObject({ synchronous_mode: true, synchronous_mode_strict: true });
    for (const server of servers) {
      expect(file(server, 'postgresql.conf')).toMatch(/^synchronous_commit = on$/m);
      expect(file(server, 'postgresql.conf')).toMatch(/^fsync = on$/m);
    }
  });

  it('writes down what it has alone before pg_rewind throws it away', () => {
    const { bin_name: names } = config('pg-2').postgresql;
    expect(names).toEqual({ pg_rewind: '/lab/pg-2/pg_rewind' });
    const [script] = named('pg-2').files.filter(({ executable }) => executable);
    expect(script?.path).toBe('pg_rewind');
    expect(script?.content).toMatch(
      /^exec \/node \S+\/rewind-main\.ts pg-2 \/lab\/pg-2 \/components\/postgres shop "\$@"$/m,
    );
  });

  it('waits for an etcd that has no version yet', () => {
    for (const server of servers) expect(named(server).env['FIREDRILL_PATRONI']).toBe('1');
  });

  it('begins as the first of them: the others have no part from which to make a cluster, and copies of its data', () => {
    expect(servers.map((server) => 'bootstrap' in config(server))).toEqual([true, false, false]);
    expect(servers.map((server) => named(server).preparations.length > 0)).toEqual([true, false, false]);
    const copied = named('pg-1')
      .preparations.slice(-2)
      .map(({ argv }) => argv.at(-1));
    expect(copied).toEqual(['../pg-2/prepared', '../pg-3/prepared']);
    const { create_replica_methods: methods, prepared } = config('pg-3').postgresql;
    expect(methods).toEqual(['prepared', 'basebackup']);
    expect(prepared.command).toMatch(/^mv "\S+\/pg-3\/prepared" "\S+\/pg-3\/data"$/);
  });

  it('follows by a role that is no superuser, and keeps its passwords out of its command and its settings', () => {
    expect(config('pg-2').postgresql.authentication.replication.username).toBe('replicator');
    expect(told(named('pg-1'))).not.toMatch(/replicator.*SUPERUSER/);
    for (const server of servers) {
      expect(named(server).argv.join(' ')).not.toContain('secret');
      expect(file(server, 'postgresql.conf')).not.toContain('secret');
    }
  });

  it('is stock and within what Patroni supports, unless somebody asks for less', () => {
    const { dcs } = config('pg-1').bootstrap;
    expect(dcs.ttl).toBeGreaterThanOrEqual(20);
    expect(dcs.retry_timeout).toBeGreaterThanOrEqual(3);
    // Patroni's own rule.
    expect(dcs.loop_wait + 2 * dcs.retry_timeout).toBeLessThanOrEqual(dcs.ttl);
    expect(named('pg-1').env).not.toHaveProperty('FIREDRILL_TIMERS');

    const plain = plainContext(4);
    const fast = wireLevel({ ...plain, state: { ...plain.state, timers: 'fast' } });
    const first = fast.find(({ name }) => name === 'pg-1');
    expect(first?.env['FIREDRILL_TIMERS']).toBe('fast');
    const written = first?.files.find(({ path }) => path === 'patroni.yml')?.content;
    expect(parse(String(written)).bootstrap.dcs.ttl).toBeLessThan(20);
  });
});

describe('the way to the leader', () => {
  const router = file('router-1', 'haproxy.cfg');

  it('asks Patroni of each server whether it leads, and cuts off who no longer does', () => {
    for (const server of servers) {
      const rest = proxy(`router-1:${server}/rest`).split(':').join(' port ');
      expect(router).toContain(`server ${server} ${proxy(`router-1:${server}`)} check addr ${rest}`);
    }
    expect(router).toMatch(/option httpchk OPTIONS \/primary/);
    expect(router).toMatch(/on-marked-down shutdown-sessions/);
  });

  it('is the pool’s way for writes; reads name their server', () => {
    const port = (edge: string) => state.edges[edge]?.listen;
    expect(file('pgbouncer-1', 'databases.ini').split('\n')).toEqual([
      '[databases]',
      `shop = host=127.0.0.1 port=${port('pgbouncer-1:router-1')} dbname=shop`,
      ...servers.map(
        (server) =>
          `shop_${server.replace('-', '_')} = host=127.0.0.1 port=${port(`pgbouncer-1:${server}`)} dbname=shop`,
      ),
      '',
    ]);
  });

  it('and the APIs know the servers by name, and no router among them', () => {
    const replicas = named('api-1')
      .env['SHOP_REPLICA_URLS']!.split(',')
      .map((one) => one.split('=')[0]);
    expect(replicas).toEqual(servers);
  });
});

it('the members of etcd know each other by one address each, through Toxiproxy', () => {
  const members = ['etcd-1', 'etcd-2', 'etcd-3'];
  const expected = members.map((name) => `${name}=http://${proxy(`*:${name}/peer`)}`).join(',');
  for (const name of members) {
    const { argv } = named(name);
    expect(argv[argv.indexOf('--initial-cluster') + 1]).toBe(expected);
    expect(argv).toContain(`http://${proxy(`*:${name}/peer`)}`);
  }
});
