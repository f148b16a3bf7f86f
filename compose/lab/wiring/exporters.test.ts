import { describe, expect, it } from 'vitest';
import { wiredLevel } from '../testing/wired-level.ts';

const { named, proxy } = wiredLevel(4);

describe('an exporter', () => {
  it('of PostgreSQL asks its own server, statements and replication included', () => {
    for (const number of [1, 2, 3]) {
      const { argv, env } = named(`pg-exporter-${number}`);
      expect(env['DATA_SOURCE_URI']).toContain(`${proxy(`pg-exporter-${number}:pg-${number}`)}/shop?`);
      expect(argv).toContain('--collector.stat_statements');
      expect(argv).toContain('--collector.stat_wal_receiver');
    }
  });

  it('of PgBouncer asks its admin console', () => {
    expect(named('pgbouncer-exporter-1').env['PGBOUNCER_EXPORTER_CONNECTION_STRING']).toContain(
      `@${proxy('pgbouncer-exporter-1:pgbouncer-1')}/pgbouncer?`,
    );
  });

  it('of the machine tells pressure and memory, and of disks the one that the lab is on', () => {
    const { argv } = named('host-exporter-1');
    expect(argv).toContain('--collector.disable-defaults');
    expect(argv).toContain('--collector.pressure');
    expect(argv).toContain('--collector.meminfo');
    expect(argv).toContain('--collector.filesystem.mount-points-include=^/$');
  });
});
