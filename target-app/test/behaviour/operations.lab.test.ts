import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { outerBenchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { booksOf, settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { adminToken, type OperatedShop, startOperatedShop } from '../support/operated-shop.ts';
import { ownCustomer } from '../support/own-customer.ts';
import { scrape } from '../support/scrape.ts';
import { shopClient } from '../support/shop-client.ts';

describe.each(outerBenchLevels)('at level %i', (level) => {
  const suite = benchSuite(level, { shopPer: 'suite' });
  const me = ownCustomer();
  let operated: OperatedShop;
  let shop: ReturnType<typeof shopClient>;
  beforeAll(async () => {
    operated = await startOperatedShop(suite.bench);
    shop = shopClient(operated.url);
  });
  beforeEach(() => operated.set({}));
  afterAll(() => operated.end());

  const purchase = (key = 'k1') => ({ customer: me.customer, key, lines: [{ sku: me.sku, quantity: 1 }] });

  it('read-only: what changes anything is refused with when to come again, looking around goes on', async () => {
    expect((await finalAnswer(() => shop.buy(purchase('before')))).status).toBe(201);
    await operated.set({ SHOP_READ_ONLY: 'true' });
    const writes = await Promise.all([
      shop.buy(purchase()),
      shop.putCart(me.customer, 'main', { lines: purchase().lines }),
      shop.cancel(me.customer, 'k2', '00000000-0000-4000-8000-000000000000'),
    ]);
    for (const { status, body, headers } of writes) {
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'read-only' });
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(1);
    }
    for (const path of ['/products', `/products/${me.sku}`, '/orders', '/feed']) {
      expect((await finalAnswer(() => shop.get(path, me.customer))).status, path).toBe(200);
    }
    await operated.set({});
    expect((await finalAnswer(() => shop.buy(purchase()))).status).toBe(201);
    const books = booksOf(await settledBooks(suite.bench), me.customer);
    expect(books.keys.map(({ key }) => key)).toEqual(['before', 'k1']);
  });

  it('shedding: the share is met by those who look around, and never by those who buy', async () => {
    await operated.set({ SHOP_SHED_SHARE: '0.4' });
    const counts = { search: 0, product: 0, cart: 0 };
    const rounds = 60;
    for (let round = 0; round < rounds; round += 1) {
      const answers = {
        search: await shop.get('/products?q=oak'),
        product: await shop.get(`/products/${me.sku}`),
        cart: await shop.putCart(me.customer, 'main', { lines: purchase().lines }),
      };
      for (const name of ['search', 'product', 'cart'] as const)
        if (answers[name].body.code === 'shed-load') counts[name] += 1;
    }
    // A third of all are searches: all of them go, and a fifth of the pages. Each process learns its mix by itself.
    expect(counts.search).toBeGreaterThanOrEqual(rounds - 12);
    expect(counts.product).toBeGreaterThan(0);
    expect(counts.product).toBeLessThan(rounds / 2);
    expect(counts.cart).toBe(0);
  });

  it('another API key takes the first one’s place without a failed purchase', async () => {
    const provider = (method: string, path: string, body?: unknown) =>
      fetch(`${suite.bench.paymentUrl}/admin/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${suite.bench.paymentToken}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const rotated = new AbortController();
    const answers: string[] = [];
    const buying = (async () => {
      for (let index = 0; !rotated.signal.aborted; index += 1) {
        const { status, text } = await shop.buy(purchase(`k${index}`));
        // A machine that was too slow is no key that is good no more. HTML is the edge's.
        const tooSlow = status === 504 || /"(?:database-unavailable|busy)"|<html/.test(text);
        if (!tooSlow) answers.push(`${status} ${text}`);
      }
    })();
    onTestFinished(async () => {
      rotated.abort();
      await buying.catch(() => {});
    });
    const someMore = async () => {
      const before = answers.length;
      await eventually(() => expect(answers.length).toBeGreaterThan(before + 3), 'some more to buy');
    };
    await someMore();
    expect((await provider('PUT', 'keys/k2', { key: 'another-key' })).status).toBe(200);
    await operated.set({ SHOP_PAYMENT_TOKEN: 'another-key' });
    await someMore();
    expect((await provider('DELETE', 'keys/first')).status).toBe(200);
    await someMore();
    rotated.abort();
    await buying;
    expect(answers.filter((answer) => !answer.startsWith('201 '))).toEqual([]);
    expect((await finalAnswer(() => shop.buy(purchase('after')))).status).toBe(201);
    // Back to what the others here were started with.
    expect((await provider('PUT', 'keys/first', { key: suite.bench.paymentToken })).status).toBe(200);
    await settledBooks(suite.bench);
  });
});

describe('the operator’s door', () => {
  const suite = benchSuite(1, { shopPer: 'suite' });
  let operated: OperatedShop;
  let url: string;
  beforeAll(async () => {
    operated = await startOperatedShop(
      suite.bench,
      { SHOP_RELEASE: 'r1' },
      { first: { SHOP_POOL_SIZE: '3' } },
    );
    url = operated.url;
  });
  afterAll(() => operated.end());
  const admin = (path: string, method = 'GET', token = adminToken) =>
    fetch(`${url}/admin/${path}`, { method, headers: { authorization: `Bearer ${token}` } });

  it('opens to its token only', async () => {
    expect((await admin('settings', 'GET', 'wrong-token')).status).toBe(401);
    expect((await admin('reload', 'POST', 'wrong-token')).status).toBe(401);
    expect(await (await admin('settings')).json()).toEqual({
      readOnly: false,
      captureLater: false,
      shedShare: 0,
      release: 'r1',
    });
  });

  it('takes at once what it can, and says what waits for the next start', async () => {
    const waiting = await operated.set({ SHOP_READ_ONLY: 'true', SHOP_POOL_SIZE: '9', SHOP_RELEASE: 'r2' });
    expect(waiting.toSorted()).toEqual(['SHOP_POOL_SIZE', 'SHOP_RELEASE']);
    const api = operated.apis[0]!;
    expect((await scrape(api, 'shop_mode')).get('mode="read_only"')).toBe(1);
    expect([...(await scrape(api, 'shop_release_info')).keys()]).toEqual(['release="r1"']);
    await operated.set({ SHOP_POOL_SIZE: '3' });
  });

  it('refuses a file that is not valid, naming what is wrong, and changes nothing', async () => {
    await expect(operated.set({ SHOP_READ_ONLY: 'true', SHOP_SHED_SHARE: '7' })).rejects.toThrow(
      /invalid-settings.*SHOP_SHED_SHARE/,
    );
    expect(await (await admin('settings')).json()).toMatchObject({ readOnly: false, shedShare: 0 });
    await operated.set({});
  });

  it('is open when too much is going on for anybody else', async () => {
    const busy = await startOperatedShop(suite.bench, { SHOP_MAX_UNDER_WAY: '1' });
    suite.bench.payment.signal('SIGSTOP');
    onTestFinished(() => suite.bench.payment.signal('SIGCONT'));
    const lines = [{ sku: 'SKU-0001', quantity: 1 }];
    const buying = finalAnswer(() => shopClient(busy.url).buy({ customer: 'c-1', key: 'k1', lines }));
    await eventually(async () => {
      expect((await shopClient(busy.url).get('/products')).body.code).toBe('busy');
    }, 'it to be busy');
    await busy.set({ SHOP_SHED_SHARE: '0.5' });
    suite.bench.payment.signal('SIGCONT');
    expect((await buying).status).toBe(201);
    await busy.end();
  });

  it('is not there without a token of its own', async () => {
    const api = await suite.bench.startApi();
    expect((await fetch(`${api.url}/admin/settings`)).status).toBe(404);
  });
});
