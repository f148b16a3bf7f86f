import { expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { eventually } from '../support/eventually.ts';
import { patientClient } from '../support/patient-client.ts';

const suite = benchSuite();
const sku = 'SKU-0007';
const lines = [{ sku, quantity: 1 }];
const opinion = { rating: 4, title: 'Holds water', text: 'Two litres,\nevery day.' };

it('lets those who bought a product review it, once, and nobody else', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  expect(await shop.review('c-1', 'a', sku, opinion)).toMatchObject({
    status: 403,
    body: { code: 'not-a-buyer' },
  });
  await shop.buy({ customer: 'c-1', key: 'k1', lines, token: 'tok_declined' });
  expect((await shop.review('c-1', 'b', sku, opinion)).body.code).toBe('not-a-buyer');
  await shop.buy({ customer: 'c-1', key: 'k2', lines });
  const written = await shop.review('c-1', 'c', sku, opinion);
  expect(written).toMatchObject({ status: 201, body: { sku, rating: 4 } });
  expect((await shop.review('c-1', 'c', sku, opinion)).text).toBe(written.text);
  expect((await shop.review('c-1', 'c', sku, { ...opinion, rating: 1 })).body.code).toBe(
    'idempotency-key-reused',
  );
  expect((await shop.review('c-1', 'k2', sku, opinion)).body.code).toBe('idempotency-key-reused');
  expect(await shop.review('c-1', 'd', sku, { ...opinion, rating: 1 })).toMatchObject({
    status: 409,
    body: { code: 'already-reviewed' },
  });
  // What was refused before the purchase stays refused under its key: a key has one answer.
  expect((await shop.review('c-1', 'a', sku, opinion)).body.code).toBe('not-a-buyer');
  expect((await shop.review('c-1', 'e', 'SKU-9999', opinion)).body.code).toBe('product-not-found');
  const { orderId } = (await shop.buy({ customer: 'c-2', key: 'k3', lines })).body;
  expect((await shop.cancel('c-2', 'k4', orderId)).status).toBe(200);
  expect((await shop.review('c-2', 'f', sku, opinion)).body.code).toBe('not-a-buyer');
  expect((await suite.bench.audit()).reviews).toEqual([
    { id: written.body.reviewId, customer: 'c-1', sku, ...opinion, bought: true },
  ]);
});

it('takes one of ten reviews that a customer sends at once', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  await shop.buy({ customer: 'c-1', key: 'k1', lines });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      shop.review('c-1', `r${index}`, sku, { ...opinion, rating: 1 + (index % 5) }),
    ),
  );
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, ...Array(9).fill(409)]);
  await eventually(async () => {
    const told = answers.find((answer) => answer.status === 201)?.body.rating;
    expect((await shop.get(`/products/${sku}/reviews`)).body).toMatchObject({ count: 1, average: told });
  }, 'the review to be seen');
});

it('lists them newest first, page by page, each once, with the average of all', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  const empty = { sku, count: 0, average: null, reviews: [] };
  expect((await shop.get(`/products/${sku}/reviews`)).body).toEqual(empty);
  const ratings = [5, 3, 4, 4, 1];
  for (const [index, rating] of ratings.entries()) {
    const customer = `c-${index + 1}`;
    await shop.buy({ customer, key: 'k1', lines });
    await shop.review(customer, 'k2', sku, { ...opinion, rating, title: `by ${customer}` });
  }
  await eventually(async () => {
    const titles: string[] = [];
    for (let before = ''; ; ) {
      const { body } = await shop.get(`/products/${sku}/reviews?limit=2${before}`);
      expect(body).toMatchObject({ sku, count: 5, average: 3.4 });
      titles.push(...body.reviews.map((review: { title: string }) => review.title));
      if (body.next === undefined) break;
      before = `&before=${body.next}`;
    }
    expect(titles).toEqual(['by c-5', 'by c-4', 'by c-3', 'by c-2', 'by c-1']);
    const { text, writtenAt } = (await shop.get(`/products/${sku}/reviews`)).body.reviews[0];
    expect(text).toBe(opinion.text);
    expect(new Date(writtenAt).toISOString()).toBe(writtenAt);
  }, 'all reviews to be seen');
});

it('refuses what is no review, and writes nothing', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  const wrong = {
    'a rating of 6': { ...opinion, rating: 6 },
    'half a star': { ...opinion, rating: 3.5 },
    'a blank title': { ...opinion, title: ' \u00a0 ' },
    'a title of two lines': { ...opinion, title: 'a\nb' },
    'a NUL': { ...opinion, text: 'a\u0000b' },
    'half a character': { ...opinion, text: 'a\ud800b' },
    'a novel': { ...opinion, text: 'x'.repeat(4001) },
    'no text': { rating: 1, title: 'a' },
    'somebody else': { ...opinion, customer: 'c-2' },
  };
  for (const [name, body] of Object.entries(wrong)) {
    const refused = await shop.review('c-1', 'k1', sku, body);
    expect(refused, name).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  }
  expect((await suite.bench.audit()).keys).toEqual([]);
});
