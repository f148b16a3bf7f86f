import pg from 'pg';
import { expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { shopClient } from '../support/shop-client.ts';

const suite = benchSuite();

it('says nothing while the books agree, and names the kind when they do not', async () => {
  const api = await suite.bench.startApi({ SHOP_RECONCILE_EVERY_MS: '100' });
  const shop = shopClient(api.url);
  const mismatches = async () => {
    const text = await (await fetch(`${api.url}/metrics`)).text();
    return text
      .split('\n')
      .filter((line) => line.startsWith('shop_reconciler_mismatches{') && !line.endsWith(' 0'))
      .map((line) => line.replace(/^.*kind="(\w+)"\} /, '$1 '));
  };
  const buy = (key: string, token = 'tok_ok') =>
    finalAnswer(() => shop.buy({ customer: 'c-1', key, token, lines: [{ sku: 'SKU-0001', quantity: 1 }] }));
  const orders = await Promise.all(['a', 'b', 'c'].map((key) => buy(key)));
  await buy('d', 'tok_declined');
  await finalAnswer(() => shop.cancel('c-1', 'e', orders[0]?.body.orderId));
  // Many rounds pass while the provider's calls of the reconciler are counted.
  const rounds = async () => {
    const text = await (await fetch(`${api.url}/metrics`)).text();
    return Number(/_count\{operation="journal",outcome="accepted"\} (\d+)/.exec(text)?.[1]);
  };
  const before = await rounds();
  await eventually(async () => expect(await rounds()).toBeGreaterThan(before + 5), 'a few rounds');
  expect(await mismatches()).toEqual([]);

  const client = new pg.Client({ connectionString: suite.bench.databaseUrl });
  await client.connect();
  await client.query(`UPDATE customer_order SET status = 'expired' WHERE id = $1`, [orders[1]?.body.orderId]);
  // A round looks at what moved lately, which the purchase on a slow machine did not.
  await client.query('UPDATE order_transition SET at = now() WHERE order_id = $1', [orders[1]?.body.orderId]);
  await client.end();
  await eventually(
    async () => expect(await mismatches()).toEqual(['captured_without_paid_order 1']),
    'the gauge',
  );
  await eventually(() => expect(api.output()).toContain('orders and provider disagree'), 'its log to say so');
});
