import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { levelByNumber, levels } from '@firedrill/topology';
import pg from 'pg';
import { databaseUrl } from '../addresses.ts';
import { asSuperuser } from '../replication/admin-connection.ts';
import { serversOf } from '../replication/servers.ts';
import type { LabState } from '../state.ts';
import { shopDatabase } from '../wiring/postgres.ts';
import { isObserved } from '../wiring/sql-edges.ts';
import { genericPlan } from './generic-plan.ts';
import { plansIn, shapeOf } from './plans.ts';
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
 * Asks every server of a lab for its statements and how it plans them, and its log for the plans of the slow ones. Servers that do not
 * answer are left out.
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
    statements: await planned(
      state,
      answers.flatMap((answer) => answer ?? []),
    ),
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

/** Each with its plan, by the server that it took most time of. */
async function planned(state: LabState, statements: readonly Statement[]): Promise<Statement[]> {
  const most = new Map<string, Statement>();
  for (const one of statements.toSorted((a, b) => a.totalMs - b.totalMs)) most.set(one.queryId, one);
  const plans = new Map<Statement, string>();
  const explain = async (client: pg.Client, own: readonly Statement[]): Promise<void> => {
    // What cannot be planned is no error of the shop's: it is not to be found in the server's log.
    await client.query("SET log_min_messages = 'fatal'");
    for (const one of own) {
      const text = await genericPlan(client, one.query);
      if (text !== undefined) plans.set(one, text);
    }
  };
  const byServer = [...Map.groupBy(most.values(), ({ node }) => node)];
  await Promise.all(
    byServer.map(([node, own]) =>
      // One that no longer answers has told its statements.
      asSuperuser(state, node, (client) => explain(client, own), deadlineMs, shopDatabase).catch(() => {}),
    ),
  );
  return statements.map((one) => {
    const text = plans.get(one);
    return text === undefined ? one : { ...one, planned: { shape: shapeOf(text), text } };
  });
}

function plansOf(state: LabState, node: string): readonly Plan[] {
  try {
    return plansIn(readFileSync(join(state.home, node, 'log', 'postgresql.json'), 'utf8'), node);
  } catch {
    return [];
  }
}
