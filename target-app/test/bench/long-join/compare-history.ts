import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { greatestUuid } from '../../../src/http/page.ts';
import { startPostgres } from '../../support/postgres.ts';
import { loadBelievableData } from '../slow-queries/believable-data.ts';
import { historySteps } from './history-steps.ts';

export interface HistoryFigures {
  readonly meanMs: number;
  /** 8 kB blocks looked at. */
  readonly blocks: number;
}

export interface HistoryComparison {
  readonly rows: Readonly<Record<string, number>>;
  readonly rounds: number;
  /** Who asks, by what the table calls them → way of asking → figures. */
  readonly asked: Readonly<Record<string, Readonly<Record<string, HistoryFigures>>>>;
  /** Way of asking → its plan for the heavy customer's newest page, line by line. */
  readonly plans: Readonly<Record<string, readonly string[]>>;
}

const rounds = 7;
const pageSize = 20;

/** The long join of a customer's history, asked in several ways in turn on one database of believable size. */
export async function compareHistory(say: (line: string) => void): Promise<HistoryComparison> {
  const postgres = await startPostgres(undefined, ['shared_buffers=256MB', 'work_mem=16MB']);
  // With level 2's indexes, as the shop has them from there on.
  const name = await postgres.createShopDatabase(2);
  const client = new pg.Client({ connectionString: postgres.primary.url(name) });
  await client.connect();
  try {
    const rows = await loadBelievableData(client, say);
    const asking = await askers(client);
    for (const [who, parameters] of Object.entries(asking)) await expectSame(client, who, parameters);
    const times = new Map<string, HistoryFigures[]>();
    for (let round = 0; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      for (const [who, parameters] of Object.entries(asking)) {
        for (const [way, sql] of Object.entries(historySteps)) {
          const figures = await explained(client, sql, parameters);
          // The first one warms the caches.
          if (round > 0) times.set(`${who}/${way}`, [...(times.get(`${who}/${way}`) ?? []), figures]);
        }
      }
    }
    const byWay = (who: string) =>
      Object.keys(historySteps).map((way) => [way, meanOf(times.get(`${who}/${way}`) ?? [])] as const);
    const [heavy = []] = Object.values(asking);
    const plans: Record<string, readonly string[]> = {};
    for (const [way, sql] of Object.entries(historySteps)) plans[way] = await planOf(client, sql, heavy);
    return {
      rows,
      rounds,
      asked: Object.fromEntries(Object.keys(asking).map((who) => [who, Object.fromEntries(byWay(who))])),
      plans,
    };
  } finally {
    await client.end();
    await postgres.stop();
  }
}

type Parameters = readonly [string, string, number] | readonly [];

/** Of a customer with 2,000 orders the newest and the oldest page, and somebody like most. */
async function askers(client: pg.Client): Promise<Readonly<Record<string, Parameters>>> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM customer_order WHERE customer = 'c-1' ORDER BY id OFFSET ${pageSize} LIMIT 1`,
  );
  return {
    'of 2,000 orders the newest 20': ['c-1', greatestUuid, pageSize],
    'of 2,000 orders the oldest 20': ['c-1', rows[0]?.id ?? greatestUuid, pageSize],
    'all of somebody with ten': ['c-5000', greatestUuid, pageSize],
  };
}

async function expectSame(client: pg.Client, who: string, parameters: Parameters): Promise<void> {
  const answers: unknown[][] = [];
  for (const sql of Object.values(historySteps))
    answers.push((await client.query(sql, [...parameters])).rows);
  const differs = answers.some((answer) => !isDeepStrictEqual(answer, answers[0]));
  if (differs || answers[0]?.length === 0) throw new Error(`the ways do not answer the same: ${who}`);
}

interface Explained {
  readonly 'Execution Time': number;
  readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number };
}

async function explained(client: pg.Client, sql: string, parameters: Parameters): Promise<HistoryFigures> {
  const { rows } = await client.query<{ 'QUERY PLAN': readonly Explained[] }>(
    `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${sql}`,
    [...parameters],
  );
  const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
  if (plan === undefined) throw new Error('no plan');
  return {
    meanMs: plan['Execution Time'],
    blocks: plan.Plan['Shared Hit Blocks'] + plan.Plan['Shared Read Blocks'],
  };
}

async function planOf(client: pg.Client, sql: string, parameters: Parameters): Promise<readonly string[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) ${sql}`,
    [...parameters],
  );
  return rows.map((row) => row['QUERY PLAN']);
}

function meanOf(figures: readonly HistoryFigures[]): HistoryFigures {
  const mean = (of: (one: HistoryFigures) => number) =>
    figures.reduce((sum, one) => sum + of(one), 0) / figures.length;
  return {
    meanMs: Math.round(mean((one) => one.meanMs) * 1000) / 1000,
    blocks: Math.round(mean((one) => one.blocks)),
  };
}
