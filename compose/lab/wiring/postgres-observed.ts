import type { LabState } from '../state.ts';
import { exporterRole } from './exporter-role.ts';

/**
 * What a server that exporters watch keeps beside: the cost of each statement, and the plan of a slow one with its real row
 * counts. Row timing is off, it would slow every statement down; bound values are left out, one is a card token.
 */
export const observedSettings = `
shared_preload_libraries = 'pg_stat_statements,auto_explain'
pg_stat_statements.max = 1000
pg_stat_statements.track = top
auto_explain.log_min_duration = 250ms
auto_explain.log_analyze = on
auto_explain.log_timing = off
auto_explain.log_buffers = on
auto_explain.log_parameter_max_length = 0
`.trimStart();

/** For template1, so that every database has the view. */
export const observedStatements = ({ secrets }: Pick<LabState, 'secrets'>): readonly string[] => [
  'CREATE EXTENSION pg_stat_statements',
  `CREATE ROLE ${exporterRole} LOGIN PASSWORD '${secrets.exporterPassword}' IN ROLE pg_monitor, pg_use_reserved_connections`,
  `ALTER ROLE ${exporterRole} SET statement_timeout = 2000`,
];
