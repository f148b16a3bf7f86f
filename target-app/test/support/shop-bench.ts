import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditSnapshot, audit } from '../../audit/index.ts';
import { freePort } from './free-port.ts';
import { type NodeProcess, startNodeProcess } from './node-process.ts';
import type { Postgres } from './postgres.ts';

/** One shop on a database of its own, with its payment provider: real processes. */
export interface ShopBench {
  readonly databaseUrl: string;
  readonly paymentUrl: string;
  readonly paymentToken: string;
  readonly paymentJournal: string;
  readonly payment: NodeProcess;
  /** Starts an api. @param env more environment, e.g. SHOP_HOLD_MS; @param entry another program of the same kind. */
  startApi(env?: Readonly<Record<string, string>>, entry?: string): Promise<NodeProcess>;
  /** Starts the provider again on the same port and journal after it was killed. */
  restartPayment(): Promise<NodeProcess>;
  audit(): Promise<AuditSnapshot>;
  /** Kills everything that it started. */
  stop(): Promise<void>;
}

const paymentToken = 'test-payment-token';

/** @param paymentUrlSeenByShop where a proxy stands in between. */
export async function startShopBench(postgres: Postgres, paymentUrlSeenByShop?: string): Promise<ShopBench> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-bench-'));
  const databaseUrl = await postgres.createShopDatabase();
  const paymentJournal = join(folder, 'payments.jsonl');
  const paymentPort = await freePort();
  const started: NodeProcess[] = [];
  const start = async (process: Promise<NodeProcess>) => {
    const running = await process;
    started.push(running);
    return running;
  };
  const restartPayment = () =>
    start(
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
  const payment = await restartPayment();
  return {
    databaseUrl,
    paymentUrl: payment.url,
    paymentToken,
    paymentJournal,
    payment,
    startApi: async (env = {}, entry = 'src/main.ts') => {
      const port = await freePort();
      return start(
        startNodeProcess({
          entry,
          port,
          env: {
            SHOP_HTTP_PORT: String(port),
            SHOP_DATABASE_URL: databaseUrl,
            SHOP_PAYMENT_URL: paymentUrlSeenByShop ?? payment.url,
            SHOP_PAYMENT_TOKEN: paymentToken,
            ...env,
          },
        }),
      );
    },
    restartPayment,
    audit: () => audit({ databaseUrls: [databaseUrl], paymentJournal }),
    stop: async () => {
      await Promise.all(started.map((process) => process.kill()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
