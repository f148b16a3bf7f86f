import { describe, expect, it } from 'vitest';
import { serversOf } from '../replication/servers.ts';
import { wiredLevel } from '../testing/wired-level.ts';

describe.each([2, 3, 4])('level %i', (level) => {
  const { file } = wiredLevel(level);

  it.each(serversOf({ level }))(
    '%s counts its statements and logs slow plans where they are looked for',
    (server) => {
      const conf = file(server, 'postgresql.conf');
      expect(conf).toMatch(/^shared_preload_libraries = 'pg_stat_statements,auto_explain'$/m);
      expect(conf).toMatch(/^pg_stat_statements\.track = top$/m);
      expect(conf).toMatch(/^auto_explain\.log_min_duration = 250ms$/m);
      // `<node>/data/../log/postgresql.json`, in JSON.
      expect(conf).toMatch(/^log_directory = '\.\.\/log'$/m);
      expect(conf).toMatch(/^log_filename = 'postgresql\.log'$/m);
      expect(conf).toMatch(/^log_destination = 'jsonlog'$/m);
    },
  );

  it('has the view from its first database on', () => {
    const { preparations } = wiredLevel(level).named('pg-1');
    const said = preparations.map(({ stdin }) => stdin ?? '').join('\n');
    expect(said).toMatch(/CREATE EXTENSION pg_stat_statements/);
  });
});
