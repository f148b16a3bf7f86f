import { expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { eventually } from '../support/eventually.ts';
import { patientClient } from '../support/patient-client.ts';

const suite = benchSuite();
const lines = [
  { sku: 'SKU-0001', quantity: 2 },
  { sku: 'SKU-0002', quantity: 3 },
];

it('numbers what many buyers paid at once without a gap, each order once', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  const buyers = Array.from({ length: 12 }, (_, index) => `c-${index + 1}`);
  const orders = await Promise.all(
    buyers.map(async (customer) => {
      const { orderId } = (await shop.buy({ customer, key: 'k1', lines })).body;
      return { customer, orderId };
    }),
  );
  const numbers = await Promise.all(
    orders.map(({ customer, orderId }) =>
      eventually(async () => {
        const invoice = await shop.get(`/orders/${orderId}/invoice`, customer);
        expect(invoice.status, invoice.text).toBe(200);
        return invoice.body.number as number;
      }, 'the invoice to be issued'),
    ),
  );
  expect(numbers.toSorted((a, b) => a - b)).toEqual(buyers.map((_, index) => index + 1));
});

it('adds up: what was paid, a credit note for each return, nothing left after a cancellation', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  const { orderId, totalCents, lines: paid } = (await shop.buy({ customer: 'c-1', key: 'k1', lines })).body;
  const cancelled = (await shop.buy({ customer: 'c-1', key: 'k2', lines })).body;
  const back = (await shop.bringBack('c-1', 'r1', orderId, [{ sku: 'SKU-0002', quantity: 1 }])).body;
  const rest = [{ ...lines[0] }, { sku: 'SKU-0002', quantity: 2 }] as typeof lines;
  await shop.bringBack('c-1', 'r2', orderId, rest);
  await shop.cancel('c-1', 'x1', cancelled.orderId);
  await eventually(async () => {
    const { body } = await shop.get(`/orders/${orderId}/invoice`);
    expect(body).toMatchObject({ orderId, totalCents, balanceCents: 0 });
    expect(body.lines.map((line: { lineCents: number }) => line.lineCents)).toEqual(
      paid.map((line: { quantity: number; unitCents: number }) => line.quantity * line.unitCents),
    );
    expect(body.creditNotes).toMatchObject([
      { reason: 'return', totalCents: back.refundedCents, lines: [{ sku: 'SKU-0002', quantity: 1 }] },
      { reason: 'return', totalCents: totalCents - back.refundedCents, lines: rest },
    ]);
    const whole = (await shop.get(`/orders/${cancelled.orderId}/invoice`)).body;
    expect(whole.creditNotes).toMatchObject([{ reason: 'cancellation', totalCents: whole.totalCents }]);
    expect(whole.balanceCents).toBe(0);
    const numbers = [body, ...body.creditNotes, whole, ...whole.creditNotes].map((paper) => paper.number);
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  }, 'all papers to be issued');
});

it('has none for what was not paid, and shows none to others', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  await shop.buy({ customer: 'c-1', key: 'k1', lines, token: 'tok_declined' });
  const declined = (await suite.bench.audit()).orders[0]?.id;
  await eventually(async () => {
    expect(await shop.get(`/orders/${declined}/invoice`)).toMatchObject({
      status: 409,
      body: { code: 'order-not-invoiced' },
    });
  }, 'the declined order to be seen');
  expect((await shop.get(`/orders/${declined}/invoice`, 'c-2')).body.code).toBe('order-not-found');
  expect((await shop.get('/orders/7/invoice')).status).toBe(400);
});
