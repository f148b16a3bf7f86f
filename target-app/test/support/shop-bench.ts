import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditSnapshot, audit } from '../../audit/index.ts';
import type { BenchLevel } from './bench-levels.ts';
import { type DatabaseFront, startDatabaseFront } from './database-front.ts';
import { freePort } from './free-port.ts';
import { startHaproxy } from './haproxy.ts';
import { type NodeProcess, startNodeProcess } from './node-process.ts';
import type { Postgres } from './postgres.ts';
import { replicasServe } from './replicas-serve.ts';

/** One shop on a database of its own, with its payment provider: real processes. */
export interface ShopBench {
  /** Straight at the primary. */
  readonly databaseUrl: string;
  /** What stands between the shop and its servers, and leads there. */
  readonly front: DatabaseFront;
  readonly paymentUrl: string;
  readonly paymentToken: string;
  readonly paymentJournal: string;
  readonly payment: NodeProcess;
  /** Starts one api. @param env more environment, e.g. SHOP_HOLD_MS; @param entry another program of the same kind. */
  startApi(env?: Readonly<Record<string, string>>, entry?: string): Promise<NodeProcess>;
  /** Starts the shop as its level has it: from level 2 on several apis behind an edge, from level 3 on reading replicas. */
  startShop(env?: Readonly<Record<string, string>>, options?: ShopOptions): Promise<RunningShop>;
  /** Starts the provider again on the same port and journal after it was killed. */
  restartPayment(): Promise<NodeProcess>;
  audit(): Promise<AuditSnapshot>;
  /** Kills everything that it started. */
  stop(): Promise<void>;
}

export interface ShopOptions {
  readonly entry?: string;
  /** How many apis; by default as many as the level has. */
  readonly apis?: number;
}

export interface RunningShop {
  /** Where its customers go. */
  readonly url: string;
  readonly apis: readonly NodeProcess[];
}

const paymentToken = 'test-payment-token';

/** @param level by default 1: one api on one PostgreSQL. */
export async function startShopBench(postgres: Postgres, level: BenchLevel = 1): Promise<ShopBench> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-bench-'));
  const paymentJournal = join(folder, 'payments.jsonl');
  const paymentPort = await freePort();
  const started: { kill(): Promise<void> }[] = [];
  const keep = async <P extends { kill(): Promise<void> }>(starting: Promise<P>): Promise<P> => {
    const running = await starting;
    started.push(running);
    return running;
  };
  const restartPayment = () =>
    keep(
      startNodeProcess({
        entry: 'src/payment-provider/main.ts',
        port: paymentPort,
        env: {
          PAYMENT_HTTP_PORT: String(paymentPort),
          PAYMENT_JOURNAL: paymentJournal,
          PAYMENT_TOKEN: paymentToken,
        },
      }),
    );
  const paying = restartPayment();
  // Awaited below, unless the database fails first: then that is what went wrong.
  paying.catch(() => {});
  const database = await postgres.createShopDatabase(level);
  const databaseUrl = postgres.primary.url(database);
  const front = await keep(startDatabaseFront(postgres, database, level, folder));
  const payment = await paying;
  const startApi: ShopBench['startApi'] = async (env = {}, entry = 'src/main.ts') => {
    const port = await freePort();
    const own = {
      SHOP_LEVEL: String(level),
      SHOP_HTTP_PORT: String(port),
      ...front.shopEnv,
      SHOP_PAYMENT_URL: payment.url,
      SHOP_PAYMENT_TOKEN: paymentToken,
    };
    return keep(startNodeProcess({ entry, port, env: { ...own, ...env } }));
  };
  return {
    databaseUrl,
    front,
    paymentUrl: payment.url,
    paymentToken,
    paymentJournal,
    payment,
    startApi,
    startShop: async (env = {}, { entry, apis: count = level === 1 ? 1 : 2 } = {}) => {
      const names = Array.from({ length: count }, (_, index) => `api-${index + 1}`);
      const apis = await Promise.all(names.map((name) => startApi({ NODE_NAME: name, ...env }, entry)));
      if (level >= 3) await replicasServe(apis);
      if (level === 1) return { url: apis[0]?.url ?? '', apis };
      const edge = await keep(
        startHaproxy(
          folder,
          apis.map((api) => Number(new URL(api.url).port)),
        ),
      );
      return { url: edge.url, apis };
    },
    restartPayment,
    audit: () => audit({ databaseUrls: [databaseUrl], paymentJournal }),
    stop: async () => {
      await Promise.all(started.map((program) => program.kill()));
      await postgres.dropDatabase(database).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}
