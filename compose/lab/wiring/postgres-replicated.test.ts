import { describe, expect, it } from 'vitest';
import { told, wiredLevel } from '../testing/wired-level.ts';

const { file, named } = wiredLevel(3);

describe('servers that follow each other', () => {
  it('begin as the topology says: one primary, the others standbys of it by slots of their own', () => {
    expect(named('pg-1').files.map(({ path }) => path)).not.toContain('standby.conf');
    for (const [node, slot] of [
      ['pg-2', 'pg_2'],
      ['pg-3', 'pg_3'],
    ] as const) {
      const conf = file(node, 'standby.conf');
      expect(conf).toMatch(new RegExp(`^primary_conninfo = '.*application_name=${node} `, 'm'));
      expect(conf).toMatch(new RegExp(`^primary_slot_name = '${slot}'$`, 'm'));
      expect(named(node).preparations).toEqual([]);
    }
  });

  it('can be started whether or not the one that they follow runs', () => {
    expect(named('pg-2').dependsOn).toEqual({ toxiproxy: 'started' });
  });

  it('have the same settings, for each may be the primary one day', () => {
    const settings = (node: string) => file(node, 'postgresql.conf').replace(/^port = \d+$/m, '');
    expect(settings('pg-2')).toBe(settings('pg-1'));
    expect(settings('pg-3')).toBe(settings('pg-1'));
    expect(settings('pg-1')).toMatch(/^include_if_exists = 'standby\.conf'$/m);
    expect(settings('pg-1')).toMatch(/^max_slot_wal_keep_size = \d+MB$/m);
  });

  it('keep the password of replication out of every setting and command', () => {
    for (const node of ['pg-1', 'pg-2']) {
      expect(file(node, 'replication.pgpass')).toContain('pg-secret');
      expect(file(node, 'postgresql.conf')).not.toContain('pg-secret');
      expect(named(node).argv.join(' ')).not.toContain('pg-secret');
    }
    expect(file('pg-2', 'standby.conf')).not.toContain('pg-secret');
  });

  it('follow by a role that is no superuser', () => {
    expect(told(named('pg-1'))).toMatch(/^CREATE ROLE replicator LOGIN REPLICATION PASSWORD/m);
    expect(told(named('pg-1'))).not.toMatch(/replicator.*SUPERUSER/);
  });
});

it('leaves a level without standbys as it was', () => {
  expect(told(wiredLevel(2).named('pg-1'))).not.toMatch(/replicator|standby\.conf/);
});
