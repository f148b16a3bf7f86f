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
    deadlineMs: 20_000,
    onDeadline: () => {},
    onLostConnection: () => {},
  });
  const offerAll = (offered: readonly OrderEvent[]) =>
    database.transaction(Deadline.in(20_000), (queries) => projectOrderView(queries, offered));
  const offer = async (offered: OrderEvent) => (await offerAll([offered])).length === 1;
  const view = async () =>
    (
      await database.read(Deadline.in(20_000), (queries) =>
        queries.rows('SELECT status, last_sequence FROM order_view WHERE order_id = $1', [orderId]),
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

  // In one batch: a gap ends what is taken, what was seen before is taken, another order is not held up by either.
  const other = (sequence: number): OrderEvent => ({
    ...event(sequence, 'held'),
    orderId: orderId.replace(/1$/, '2'),
  });
  const batch = [event(6, 'six'), event(4, 'four'), other(1), event(1, 'held'), event(7, 'seven'), other(3)];
  expect(await offerAll(batch)).toEqual([event(4, 'four'), other(1), event(1, 'held')]);
  expect(await view()).toEqual({ status: 'four', last_sequence: 4 });
  expect(await offerAll([event(5, 'five'), event(7, 'seven'), event(6, 'six')])).toHaveLength(3);
  expect(await view()).toEqual({ status: 'seven', last_sequence: 7 });
  await database.close();
});
