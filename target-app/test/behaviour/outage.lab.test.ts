import { expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { shopClient } from '../support/shop-client.ts';

const suite = benchSuite(1, { servers: 'own' });
const lines = [{ sku: 'SKU-0001', quantity: 1 }];

/** The database's deadline is 0.8 s; the rest is for a machine that stalls. Nobody thaws it meanwhile. */
const fastMs = 10_000;

it('answers fast while the database is frozen, stays alive, and is itself again soon after', async () => {
  const api = await suite.bench.startApi();
  const shop = shopClient(api.url);
  const before = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'before', lines }));
  expect(before.status).toBe(201);
  await suite.postgres.signal('SIGSTOP');
  for (const _round of [1, 2]) {
    const startedAt = performance.now();
    const answers = await Promise.all([
      ...Array.from({ length: 30 }, () => shop.get('/products')),
      ...Array.from({ length: 10 }, (_, index) =>
        shop.buy({ customer: 'c-1', key: `during-${index}`, lines }),
      ),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(fastMs);
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 40 }, () => 503));
    expect(answers[0]?.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  }
  expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  expect((await fetch(`${api.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${api.url}/metrics`)).status).toBe(200);
  await suite.postgres.signal('SIGCONT');
  await eventually(async () => expect((await shop.get('/products')).status).toBe(200), 'the shop to recover');
  expect((await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'during-0', lines }))).status).toBe(201);
  await settledBooks(suite.bench);
});

it('survives the end of every connection', async () => {
  const api = await suite.bench.startApi();
  const shop = shopClient(api.url);
  await Promise.all(Array.from({ length: 10 }, () => shop.get('/products')));
  await suite.postgres.dropConnections();
  await eventually(async () => expect((await shop.get('/products')).status).toBe(200), 'the shop to recover');
  expect((await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }))).status).toBe(201);
  await settledBooks(suite.bench);
});
