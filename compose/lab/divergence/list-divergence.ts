import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { $ } from 'zx';
import type { Divergence } from './divergence.ts';
import { commitsIn, forkIn, jsonIn, timelineIn, walEndIn } from './said.ts';

export interface DivergenceQuestion {
  readonly node: string;
  /** The folder of PostgreSQL's programs. */
  readonly programs: string;
  /** The words before a command that refuses to run as root. */
  readonly asUser: readonly string[];
  /** Of a server that does not run. */
  readonly data: string;
  /** Where the settings are not in the data folder. */
  readonly configFile?: string;
  /** How pg_rewind reaches whom it would follow. */
  readonly source: string;
  /** Whose tables are of interest. */
  readonly database: string;
  /** How long it may take: somebody waits for the server. Default 30 s, ms. */
  readonly withinMs?: number;
}

/** Alone on a machine it takes a second or two. */
const defaultWithinMs = 30_000;

/** With the moment at which its time is up. */
interface Timed extends DivergenceQuestion {
  readonly withinMs: number;
  readonly until: number;
}

/** What the programs say is read: their times in UTC, their words in English. */
const env: NodeJS.ProcessEnv = { ...process.env, TZ: 'UTC', LC_ALL: 'C' };

/** What the single process asks of its tables: which there are, but for partitions, whose rows are their tables'. */
const tablesSql =
  "SELECT coalesce(jsonb_agg(relname), '[]')::text AS found FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace";

/**
 * Lists what only this server has. It is never started as a server that anybody could reach: a single process without a
 * socket reads the tables.
 *
 * @returns `undefined` where its history is part of the other one's. What could not be read is said in `problem`.
 */
export async function listDivergence(asked: DivergenceQuestion): Promise<Divergence | undefined> {
  const { withinMs = defaultWithinMs } = asked;
  const question = { ...asked, withinMs, until: performance.now() + withinMs };
  const about = { node: question.node, listedAt: new Date().toISOString() };
  const found: { fork?: ReturnType<typeof forkIn>; end?: string; commits: Divergence['commits'] } = {
    commits: [],
  };
  try {
    await comeToRest(question);
    const said = await run(
      question,
      ['pg_rewind', '--dry-run', '-D', question.data],
      ['--source-server', question.source],
    );
    found.fork = forkIn(said);
    if (found.fork === undefined) {
      if (/no rewind required/.test(said)) return undefined;
      throw new Error(`pg_rewind does not say where they part: ${said.trim()}`);
    }
    const { timeline, fork } = found.fork;
    const wal = ['--path', join(question.data, 'pg_wal'), '--timeline', String(timeline), '--start', fork];
    const listed = await run(question, ['pg_waldump', '--rmgr=Transaction'], wal);
    found.commits = commitsIn(listed);
    const end = walEndIn(listed);
    if (end === undefined) {
      throw new Error(
        `pg_waldump does not read from ${fork} to the end: ${listed.trim().split('\n').at(-1)}`,
      );
    }
    found.end = end;
    const own = timelineIn(await run(question, ['pg_controldata', '-D', question.data], []));
    // A standby's last checkpoint may be of an earlier one.
    if (own !== undefined && own > timeline) {
      throw new Error(`what it wrote on timeline ${own}, which it began after ${timeline}, is not listed`);
    }
    const rows = found.commits.length === 0 ? [] : await rowsOf(question, found.commits);
    return { ...about, ...found.fork, end, commits: found.commits, rows };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const { fork, ...rest } = found;
    return { ...about, ...fork, ...rest, rows: [], problem };
  }
}

/** Replays its own WAL to the end, as pg_rewind needs it, too. */
async function comeToRest(question: Timed): Promise<void> {
  const state = await run(question, ['pg_controldata', '-D', question.data], []);
  if (/^Database cluster state: +shut down/m.test(state)) return;
  await ask(question, 'template1', '');
}

async function rowsOf(question: Timed, commits: Divergence['commits']): Promise<Divergence['rows']> {
  const tables = jsonIn(await ask(question, question.database, tablesSql)) as readonly string[];
  const xids = commits.map(({ xid }) => xid).join(',');
  const parts = tables.map(
    (table) =>
      `SELECT '${table}' AS "table", xmin::text AS xid, to_jsonb(t) AS row FROM "${table}" t WHERE xmin::text = ANY ('{${xids}}')`,
  );
  const sql = `SELECT coalesce(jsonb_agg(found), '[]')::text AS found FROM (${parts.join(' UNION ALL ')}) found`;
  return jsonIn(await ask(question, question.database, sql)) as Divergence['rows'];
}

/** @param sql one line. */
async function ask(question: Timed, database: string, sql: string): Promise<string> {
  const { programs, asUser, data, configFile } = question;
  const config = configFile === undefined ? [] : ['-c', `config_file=${configFile}`];
  const settings = ['-c', 'fsync=off', '-c', 'synchronous_standby_names='];
  const command = [
    ...asUser,
    join(programs, 'postgres'),
    '--single',
    '-D',
    data,
    ...config,
    ...settings,
    database,
  ];
  return notAsStandby(data, () => inTime(question, command, `${sql}\n`));
}

/** A single process refuses the data of a standby. */
async function notAsStandby<T>(data: string, work: () => Promise<T>): Promise<T> {
  const mark = join(data, 'standby.signal');
  if (!existsSync(mark)) return work();
  await rename(mark, `${mark}.aside`);
  return work().finally(() => rename(`${mark}.aside`, mark));
}

/** Its output whatever became of it: pg_waldump comes to the end of the WAL with an error. */
function run(
  question: Timed,
  [program = '', ...words]: readonly string[],
  more: readonly string[],
): Promise<string> {
  const { programs, asUser } = question;
  return inTime(question, [...asUser, join(programs, program), ...words, ...more]);
}

/** A source that takes a connection and says nothing holds pg_rewind for ever. @throws when the time for the list is up. */
async function inTime({ until, withinMs }: Timed, command: readonly string[], input = ''): Promise<string> {
  const timeout = Math.max(1, Math.ceil(until - performance.now()));
  const options = { nothrow: true, quiet: true, env, input, timeout, timeoutSignal: 'SIGKILL' } as const;
  const { stdout, stderr, signal } = await $(options)`${command}`;
  if (signal !== null && performance.now() >= until)
    throw new Error(`not all could be read within ${withinMs / 1000} s`);
  return stdout + stderr;
}
