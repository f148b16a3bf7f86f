import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { levelByNumber, levels } from '@firedrill/topology';
import pg from 'pg';
import { databaseUrl } from '../addresses.ts';
import { serversOf } from '../replication/servers.ts';
import type { LabState } from '../state.ts';
import { isObserved } from '../wiring/sql-edges.ts';
import { plansIn } from './plans.ts';
import type { Plan, Snapshot, Statement } from './snapshot.ts';

const deadlineMs = 5000;

/** As the shop's own role: it sees its own statements, and neither the exporters' nor the lab's. */
const question = `
  SELECT queryid::text AS "queryId", query, sum(calls)::float8 AS calls, sum(total_exec_time) AS "totalMs",
         sum(rows)::float8 AS rows, sum(shared_blks_hit + shared_blks_read)::float8 AS blocks
    FROM pg_stat_statements JOIN pg_roles ON userid = pg_roles.oid
   WHERE rolname = current_user AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
     AND query NOT LIKE '%pg_stat_statements%'
   GROUP BY queryid, query`;

/**
 * Asks every server of a lab for its statements, and its log for the plans of the slow ones. Servers that do not answer are left out.
 * @throws {FiredrillError} `usage` at a level whose servers do not count, `control-failed` when none of them answers.
 */
export async function readStatements(state: LabState): Promise<Snapshot> {
  requireCounting(state.level);
  const servers = serversOf(state);
  const answers = await Promise.all(servers.map((node) => statementsOf(state, node)));
  if (answers.every((answer) => answer === undefined)) {
    throw new FiredrillError('control-failed', 'no PostgreSQL answers', {
      fix: `see \`pnpm lab status --level ${state.level}\``,
    });
  }
  return {
    labId: state.labId,
    startedAt: state.startedAt,
    at: new Date().toISOString(),
    statements: answers.flatMap((answer) => answer ?? []),
    plans: servers.flatMap((node) => plansOf(state, node)),
  };
}

function requireCounting(level: number): void {
  const counts = (number: number): boolean => {
    const topology = levelByNumber(number);
    return serversOf({ level: number }).some((server) => isObserved(topology, server));
  };
  if (counts(level)) return;
  const others = levels.map(({ number }) => number).filter(counts);
  throw new FiredrillError('usage', `level ${level} does not count its statements`, {
    where: '--level',
    fix: `use one of ${others.join(', ')}`,
  });
}

async function statementsOf(state: LabState, node: string): Promise<readonly Statement[] | undefined> {
  const client = new pg.Client({
    connectionString: databaseUrl(state, node),
    connectionTimeoutMillis: deadlineMs,
    query_timeout: deadlineMs,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Omit<Statement, 'node'>>(question);
    return rows.map((row) => ({ node, ...row }));
  } catch {
    return undefined;
  } finally {
    client.end().catch(() => {});
  }
}

function plansOf(state: LabState, node: string): readonly Plan[] {
  try {
    return plansIn(readFileSync(join(state.home, node, 'log', 'postgresql.json'), 'utf8'), node);
  } catch {
    return [];
  }
}
