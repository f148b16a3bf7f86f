import { describe, expect, it } from 'vitest';
import { wiredLevel } from '../testing/wired-level.ts';

describe('an API', () => {
  it('asks PostgreSQL itself at level 1', () => {
    const { named, proxy } = wiredLevel(1);
    const { env } = named('api-1');
    expect(env['SHOP_DATABASE_URL']).toBe(`postgres://shop:pg-secret@${proxy('api-1:pg-1')}/shop`);
    expect(env).not.toHaveProperty('SHOP_REPLICA_URLS');
  });

  it('asks the pool at level 2, each by its own edge', () => {
    const { named, proxy } = wiredLevel(2);
    for (const api of ['api-1', 'api-2']) {
      const { env } = named(api);
      expect(env['SHOP_DATABASE_URL']).toBe(`postgres://shop:pg-secret@${proxy(`${api}:pgbouncer-1`)}/shop`);
      expect(env).not.toHaveProperty('SHOP_REPLICA_URLS');
      expect(env['SHOP_LEVEL']).toBe('2');
    }
  });

  it('knows every server by its name at level 3, for any may be a replica', () => {
    const { named, proxy } = wiredLevel(3);
    const url = (database: string) => `postgres://shop:pg-secret@${proxy('api-2:pgbouncer-1')}/${database}`;
    expect(named('api-2').env['SHOP_REPLICA_URLS']).toBe(
      `pg-1=${url('shop_pg_1')},pg-2=${url('shop_pg_2')},pg-3=${url('shop_pg_3')}`,
    );
  });

  it('is told of documents, each by its own edge, only where feeds are kept as such', () => {
    const { named, proxy } = wiredLevel(4, 'mongodb');
    for (const api of ['api-1', 'api-2']) {
      expect(named(api).env['SHOP_FEED_URL']).toBe(`mongodb://${proxy(`${api}:documents-1`)}/feeds`);
      expect(wiredLevel(4).named(api).env).not.toHaveProperty('SHOP_FEED_URL');
    }
  });
});

it('documents are kept in files of their node', () => {
  const { argv, probe } = wiredLevel(4, 'mongodb').named('documents-1');
  expect(argv).toContain('--sqlite-url=file:/lab/documents-1/?_pragma=synchronous(normal)');
  expect(argv).toContain(`--listen-addr=127.0.0.1:${probe?.port}`);
});

it('migrations run straight at the primary, as of the level', () => {
  const { named, state } = wiredLevel(3);
  const { env, dependsOn } = named('migrate');
  expect(env).toMatchObject({ SHOP_LEVEL: '3' });
  expect(env['SHOP_DATABASE_URL']).toContain(`127.0.0.1:${state.nodes['pg-1']?.['sql']}/shop`);
  expect(dependsOn).toEqual({ 'pg-1': 'started' });
});
