import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { eventually } from '../../support/eventually.ts';
import { type Ferretdb, startFerretdb } from '../../support/ferretdb.ts';
import { startPostgres } from '../../support/postgres.ts';
import { type ShopBench, startShopBench } from '../../support/shop-bench.ts';
import { type ShopAnswer, shopClient } from '../../support/shop-client.ts';
import { loadBelievableData } from '../slow-queries/believable-data.ts';

export interface FeedFigures {
  readonly meanMs: number;
  readonly p95Ms: number;
}

export interface FeedComparison {
  readonly rows: Readonly<Record<string, number>>;
  readonly rounds: number;
  /** Where feeds are kept → how long the first copy took. */
  readonly copySeconds: Readonly<Record<string, number>>;
  /** Where feeds are kept → who asks → a page, at the shop's door. */
  readonly stores: Readonly<Record<string, Readonly<Record<string, FeedFigures>>>>;
}

const rounds = 7;
const customers: Readonly<Record<string, readonly string[]>> = {
  'of 2,000 orders': Array.from({ length: 10 }, (_, index) => `c-${index + 1}`),
  'of ten orders': Array.from({ length: 30 }, (_, index) => `c-${1000 + index * 500}`),
};
const copyWithinMs = 1_800_000;

/** The same feeds from the database and from documents, asked of three shops in turn on one database of believable size. */
export async function compareFeeds(say: (line: string) => void): Promise<FeedComparison> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-feeds-'));
  const postgres = await startPostgres(undefined, ['shared_buffers=256MB', 'work_mem=16MB']);
  // With its indexes and its pool: feeds over MongoDB's wire are a choice from there on, and have an index, too.
  const shop = await startShopBench(postgres, 2);
  const client = new pg.Client({ connectionString: shop.databaseUrl });
  await client.connect();
  const started: Ferretdb[] = [];
  try {
    const rows = await loadBelievableData(client, say);
    await client.query('CREATE DATABASE feeds');
    const onSqlite = await startFerretdb(folder);
    started.push(onSqlite);
    const onPostgres = await startFerretdb(folder, postgres.primary.url('feeds'));
    started.push(onPostgres);
    const stores: Record<string, Store> = { PostgreSQL: await startWith(shop) };
    for (const [name, feeds] of [
      ['MongoDB wire: FerretDB on PostgreSQL', onPostgres],
      ['MongoDB wire: FerretDB on SQLite', onSqlite],
    ] as const) {
      say(`copying: ${name}`);
      stores[name] = await startWith(shop, feeds.url('feeds'));
    }
    await expectSame(Object.values(stores));
    const times = new Map<string, number[]>();
    for (let round = 0; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      for (const [who, names] of Object.entries(customers)) {
        for (const [name, store] of Object.entries(stores)) {
          const taken = await timesOf(store, names);
          // The first one warms the caches.
          if (round > 0) times.set(`${name}/${who}`, [...(times.get(`${name}/${who}`) ?? []), ...taken]);
        }
      }
    }
    const figures = (store: string) =>
      Object.keys(customers).map((who) => [who, figuresOf(times.get(`${store}/${who}`) ?? [])] as const);
    return {
      rows,
      rounds,
      copySeconds: Object.fromEntries(
        Object.entries(stores).flatMap(([name, { copySeconds }]) =>
          copySeconds === undefined ? [] : [[name, copySeconds]],
        ),
      ),
      stores: Object.fromEntries(
        Object.keys(stores).map((store) => [store, Object.fromEntries(figures(store))]),
      ),
    };
  } finally {
    await client.end();
    await shop.stop();
    await Promise.all(started.map((one) => one.kill()));
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of one request: the first page of a heavy customer is not to be cut short. */
const patient = {
  SHOP_DATABASE_DEADLINE_MS: '20000',
  SHOP_PAYMENT_DEADLINE_MS: '21000',
  SHOP_REQUEST_DEADLINE_MS: '22000',
};

/** Where feeds are kept, and the shop that reads them there. */
interface Store {
  readonly url: string;
  /** Of documents: how long the first copy took. */
  readonly copySeconds?: number;
}

/** A shop that serves requests and has no chores; one with documents is there when all of them are copied. */
async function startWith(shop: ShopBench, feedUrl?: string): Promise<Store> {
  const entry = 'test/bench/requests-main.ts';
  if (feedUrl === undefined) return { url: (await shop.startApi(patient, entry)).url };
  const env = { ...patient, SHOP_FEED_URL: feedUrl };
  const copySeconds = await copy(shop, env);
  return { url: (await shop.startApi(env, entry)).url, copySeconds };
}

/** By a shop that does nothing else: two of them would share the chore. @returns how long it took. */
async function copy(shop: ShopBench, env: Readonly<Record<string, string>>): Promise<number> {
  const copier = await shop.startApi(env, 'test/bench/feed/copying-main.ts');
  const from = performance.now();
  await eventually(
    async () => {
      const { headers } = await shopClient(copier.url).get('/feed', 'c-1');
      if (headers.get('x-read-from') !== 'documents') throw new Error('not copied yet');
    },
    'the copy',
    copyWithinMs,
  );
  await copier.kill();
  return Math.round((performance.now() - from) / 100) / 10;
}

async function expectSame(stores: readonly Store[]): Promise<void> {
  for (const customer of Object.values(customers).flat()) {
    const answers: unknown[] = [];
    for (const store of stores) answers.push((await askFeed(store, customer)).body);
    const differs = answers.some((answer) => !isDeepStrictEqual(answer, answers[0]));
    if (differs) throw new Error(`the stores do not answer the same to ${customer}`);
  }
}

async function timesOf(store: Store, names: readonly string[]): Promise<readonly number[]> {
  const taken: number[] = [];
  for (const customer of names) {
    const from = performance.now();
    await askFeed(store, customer);
    taken.push(performance.now() - from);
  }
  return taken;
}

/** @throws where the database answered in the place of documents that were late: that would be measured as theirs. */
async function askFeed({ url, copySeconds }: Store, customer: string): Promise<ShopAnswer> {
  const answer = await shopClient(url).get('/feed', customer);
  if (answer.status !== 200) throw new Error(`/feed was answered ${answer.text}`);
  const isFromDocuments = answer.headers.get('x-read-from') === 'documents';
  if (isFromDocuments !== (copySeconds !== undefined))
    throw new Error(`the feed of ${customer} does not come from where it is meant to be kept`);
  return answer;
}

function figuresOf(times: readonly number[]): FeedFigures {
  const sorted = times.toSorted((a, b) => a - b);
  const round = (ms: number) => Math.round(ms * 100) / 100;
  return {
    meanMs: round(sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length),
    p95Ms: round(sorted[Math.floor(sorted.length * 0.95)] ?? 0),
  };
}
