import { expect, it } from 'vitest';
import { openDatabase } from '../../src/data/database.ts';
import { Deadline } from '../../src/data/deadline.ts';
import { type OrderEvent, projectOrderView } from '../../src/workers/order-view.ts';
import { benchSuite } from '../support/bench-suite.ts';

const suite = benchSuite();
const orderId = '00000000-0000-4000-8000-000000000001';

function event(sequence: number, status: string): OrderEvent {
  const payload = { customer: 'c-1', status, totalCents: 100, placedAt: '2026-01-01T00:00:00Z' };
  return { orderId, sequence, payload };
}

it('takes each event once and in its order, whatever order and however often they come', async () => {
  const database = openDatabase({
    url: suite.bench.databaseUrl,
    applicationName: 'test',
    size: 1,
    maxWaiting: 1,
    deadlineMs: 5000,
    onDeadline: () => {},
    onLostConnection: () => {},
  });
  const offer = (offered: OrderEvent) =>
    database.transaction(Deadline.in(5000), (queries) => projectOrderView(queries, offered));
  const view = async () =>
    (
      await database.read(Deadline.in(5000), (queries) =>
        queries.rows('SELECT status, last_sequence FROM order_view'),
      )
    )[0];

  expect(await offer(event(2, 'paid'))).toBe(false);
  expect(await view()).toBeUndefined();
  expect(await offer(event(1, 'held'))).toBe(true);
  expect(await offer(event(3, 'refunding'))).toBe(false);
  expect(await offer(event(2, 'paid'))).toBe(true);
  expect(await offer(event(1, 'held'))).toBe(true);
  expect(await offer(event(2, 'paid'))).toBe(true);
  expect(await view()).toEqual({ status: 'paid', last_sequence: 2 });
  expect(await offer(event(3, 'refunding'))).toBe(true);
  expect(await view()).toEqual({ status: 'refunding', last_sequence: 3 });
  await database.close();
});
