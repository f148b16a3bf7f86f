import { describe, expect, it } from 'vitest';
import { plainContext } from '../testing/plain-context.ts';
import { wiredLevel } from '../testing/wired-level.ts';
import { databasesFile, pgbouncerDatabases, poolSize } from './pgbouncer.ts';

const { file, named, state } = wiredLevel(2);
const config = file('pgbouncer-1', 'pgbouncer.ini');
const port = (edge: string) => wiredLevel(3).state.edges[edge]?.listen;

describe('the pool', () => {
  it('lends a server for a transaction and cancels none that is under way', () => {
    expect(config).toMatch(/^pool_mode = transaction$/m);
    expect(config).toMatch(/^query_timeout = 0$/m);
    expect(config).toMatch(/^server_login_retry = 0\.25$/m);
  });

  it('has fewer servers than the APIs ask for, and PostgreSQL has room for all of them', () => {
    const apis = ['api-1', 'api-2'].map((api) => Number(named(api).env['SHOP_POOL_SIZE']));
    expect(apis.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(poolSize);
    const connections = /^max_connections = (\d+)$/m.exec(file('pg-1', 'postgresql.conf'))?.[1];
    // At level 3 a server may carry `shop` and its own name at once.
    expect(2 * poolSize).toBeLessThan(Number(connections));
  });

  it('keeps a client waiting for less than the shop waits for its database', () => {
    expect(Number(/^query_wait_timeout = (\S+)$/m.exec(config)?.[1])).toBeLessThan(0.8);
  });

  it('lets the shop and the exporter in, by SCRAM, and nobody else', () => {
    expect(config).toMatch(/^auth_type = md5$/m);
    expect(file('pgbouncer-1', 'users.txt')).toBe('"shop" "pg-secret"\n"exporter" "exporter-secret"\n');
    expect(config).not.toMatch(/admin_users/);
  });

  it('opens no unix socket, which would outlive it', () => {
    expect(config).toMatch(/^unix_socket_dir =$/m);
  });

  it('leads to the one server at level 2', () => {
    expect(file('pgbouncer-1', databasesFile)).toBe(
      `[databases]\nshop = host=127.0.0.1 port=${state.edges['pgbouncer-1:pg-1']?.listen} dbname=shop\n`,
    );
  });

  it('leads to the primary and, by name, to each server at level 3', () => {
    const { hosts, level, state: before } = plainContext(3);
    const after = pgbouncerDatabases('pgbouncer-1', { hosts, level, state: { ...before, primary: 'pg-2' } });
    expect(after.split('\n')).toEqual([
      '[databases]',
      `shop = host=127.0.0.1 port=${port('pgbouncer-1:pg-2')} dbname=shop`,
      `shop_pg_1 = host=127.0.0.1 port=${port('pgbouncer-1:pg-1')} dbname=shop`,
      `shop_pg_2 = host=127.0.0.1 port=${port('pgbouncer-1:pg-2')} dbname=shop`,
      `shop_pg_3 = host=127.0.0.1 port=${port('pgbouncer-1:pg-3')} dbname=shop`,
      '',
    ]);
  });
});
