import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { skuOf } from '../../src/data/seed/catalogue.ts';
import { patientShop } from '../fuzz/patient-shop.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { freePort } from '../support/free-port.ts';
import { shopClient } from '../support/shop-client.ts';

const suite = benchSuite();

/** Runs a program to its end. */
async function run(
  entry: string,
  env: Record<string, string>,
): Promise<{ code: number | null; stderr: string }> {
  const path = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  const child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stderr };
}

describe('a start that cannot succeed says why in one line', () => {
  it('a bad environment names every variable, not their values: exit 64', async () => {
    const ended = await run('src/main.ts', { SHOP_HTTP_PORT: 'many', SHOP_DATABASE_URL: 'secret-thing' });
    expect(ended.code).toBe(64);
    expect(ended.stderr).toMatch(
      /^shop: bad environment: .*SHOP_HTTP_PORT.*SHOP_DATABASE_URL.*SHOP_PAYMENT_URL.*\n$/,
    );
    expect(ended.stderr).not.toContain('secret-thing');
  });

  it('deadlines in the wrong order: exit 64', async () => {
    const ended = await run('src/main.ts', {
      SHOP_HTTP_PORT: '12000',
      SHOP_DATABASE_URL: suite.bench.databaseUrl,
      SHOP_PAYMENT_URL: suite.bench.paymentUrl,
      SHOP_PAYMENT_TOKEN: suite.bench.paymentToken,
      SHOP_DATABASE_DEADLINE_MS: '2000',
    });
    expect(ended).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('database < payment < request'),
    });
  });

  it('a taken port: exit 69', async () => {
    const port = await freePort();
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    const ended = await run('src/main.ts', {
      SHOP_HTTP_PORT: String(port),
      SHOP_DATABASE_URL: suite.bench.databaseUrl,
      SHOP_PAYMENT_URL: suite.bench.paymentUrl,
      SHOP_PAYMENT_TOKEN: suite.bench.paymentToken,
    });
    holder.close();
    expect(ended.code).toBe(69);
    expect(ended.stderr).toBe(
      `shop: cannot listen on 127.0.0.1:${port}: the port is taken by another process\n`,
    );
  });

  it('a journal that cannot be opened: exit 69', async () => {
    const ended = await run('src/payment-provider/main.ts', {
      PAYMENT_HTTP_PORT: String(await freePort()),
      PAYMENT_JOURNAL: '/nowhere/at/all/journal.jsonl',
      PAYMENT_TOKEN: 'test-token',
    });
    expect(ended.code).toBe(69);
    expect(ended.stderr).toMatch(/^payment-provider: cannot open the journal: .*\n$/);
  });

  it('a database that is not there, when migrating: exit 69', async () => {
    const ended = await run('src/data/migrate-main.ts', {
      SHOP_DATABASE_URL: `postgres://shop:hidden@127.0.0.1:${await freePort()}/shop`,
    });
    expect(ended.code).toBe(69);
    expect(ended.stderr).toMatch(/^shop-migrate: .*\n$/);
    expect(ended.stderr).not.toContain('hidden');
  });
});

it('migrates again without touching what was sold', async () => {
  const shop = shopClient((await suite.bench.startApi()).url);
  await finalAnswer(() =>
    shop.buy({ customer: 'c-1', key: 'k1', lines: [{ sku: 'SKU-0001', quantity: 1 }] }),
  );
  expect((await run('src/data/migrate-main.ts', { SHOP_DATABASE_URL: suite.bench.databaseUrl })).code).toBe(
    0,
  );
  await settledBooks(suite.bench);
});

it('ends what is under way on SIGTERM, then goes', async () => {
  // Patient: what ends the wait for the provider is its answer.
  const api = await suite.bench.startApi(patientShop);
  const shop = shopClient(api.url);
  suite.bench.payment.signal('SIGSTOP');
  const buying = shop.buy({ customer: 'c-1', key: 'k1', lines: [{ sku: 'SKU-0001', quantity: 1 }] });
  await eventually(
    async () => expect((await suite.bench.audit()).orders).toHaveLength(1),
    'the order to be held',
  );
  api.signal('SIGTERM');
  await eventually(() => expect(api.output()).toContain('"msg":"stopping"'), 'the shop to stop');
  suite.bench.payment.signal('SIGCONT');
  expect((await buying).status).toBe(201);
  expect(await api.exited).toEqual({ code: 0, signal: null });
  expect(await suite.bench.audit()).toMatchObject({ orders: [{ status: 'paid' }] });
});

it('lets two processes share the chores: each abandoned order is finished once', async () => {
  const quick = {
    ...{ SHOP_SWEEP_GRACE_MS: '300', SHOP_SWEEP_EVERY_MS: '50', SHOP_LEASE_MS: '500' },
    // Only the provider is too late, not a busy database.
    ...{
      SHOP_DATABASE_DEADLINE_MS: '4000',
      SHOP_PAYMENT_DEADLINE_MS: '4500',
      SHOP_REQUEST_DEADLINE_MS: '9000',
    },
  };
  const [first, second] = await Promise.all([suite.bench.startApi(quick), suite.bench.startApi(quick)]);
  suite.bench.payment.signal('SIGSTOP');
  // Each another article: in a queue for one, who waits too long for its lock is turned away before the provider is asked.
  const buying = Array.from({ length: 10 }, (_, index) =>
    shopClient((index % 2 === 0 ? first : second).url).buy({
      customer: 'c-1',
      key: `k${index}`,
      lines: [{ sku: skuOf(index + 1), quantity: 1 }],
    }),
  );
  expect((await Promise.all(buying)).map((answer) => answer.status)).toEqual(
    Array.from({ length: 10 }, () => 504),
  );
  await first.kill();
  suite.bench.payment.signal('SIGCONT');
  const books = await settledBooks(suite.bench);
  expect(books.orders).toHaveLength(10);
});
