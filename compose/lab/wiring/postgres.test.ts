import { describe, expect, it } from 'vitest';
import { told, wiredLevel } from '../testing/wired-level.ts';

describe.each([1, 2, 3, 4])('PostgreSQL at level %i', (number) => {
  const conf = wiredLevel(number).file('pg-1', 'postgresql.conf');

  it('is durable and listens on 127.0.0.1', () => {
    expect(conf).toMatch(/^fsync = on$/m);
    expect(conf).toMatch(/^synchronous_commit = on$/m);
    expect(conf).toMatch(/^listen_addresses = '127\.0\.0\.1'$/m);
  });

  it('logs a slow statement, and never the values bound to it: one is a card token', () => {
    expect(conf).toMatch(/^log_min_duration_statement = \d+ms$/m);
    expect(conf).toMatch(/^log_parameter_max_length = 0$/m);
    expect(conf).toMatch(/^log_parameter_max_length_on_error = 0$/m);
  });
});

describe('PostgreSQL that exporters watch', () => {
  const { file, named } = wiredLevel(2);

  it('counts its statements and logs the plan of a slow one, without the values', () => {
    const conf = file('pg-1', 'postgresql.conf');
    expect(conf).toMatch(/^shared_preload_libraries = 'pg_stat_statements,auto_explain'$/m);
    expect(conf).toMatch(/^auto_explain\.log_min_duration = \d+ms$/m);
    expect(conf).toMatch(/^auto_explain\.log_parameter_max_length = 0$/m);
  });

  it('gives the exporter a role that reads statistics only, before the shop’s database is made', () => {
    const statements = told(named('pg-1')).split('\n');
    expect(statements).toContain(
      "CREATE ROLE exporter LOGIN PASSWORD 'exporter-secret' IN ROLE pg_monitor, pg_use_reserved_connections",
    );
    const extension = statements.indexOf('CREATE EXTENSION pg_stat_statements');
    expect(extension).toBeGreaterThan(0);
    expect(extension).toBeLessThan(statements.indexOf('CREATE DATABASE shop OWNER shop'));
  });
});

it('is without both where nobody watches it: level 1 is measured against plain PostgreSQL', () => {
  expect(told(wiredLevel(1).named('pg-1'))).not.toMatch(/pg_stat_statements|auto_explain|exporter/);
});
