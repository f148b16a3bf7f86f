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
});

it('migrations run straight at the primary, as of the level', () => {
  const { named, state } = wiredLevel(3);
  const { env, dependsOn } = named('migrate');
  expect(env).toMatchObject({ SHOP_LEVEL: '3' });
  expect(env['SHOP_DATABASE_URL']).toContain(`127.0.0.1:${state.nodes['pg-1']?.['sql']}/shop`);
  expect(dependsOn).toEqual({ 'pg-1': 'started' });
});
