import { Deadline } from '../../src/data/deadline.ts';
import { type OrderEvent, projectOrderView } from '../../src/workers/order-view.ts';
import type { BrokenShop } from './broken-shop.ts';

const batchSize = 50;
const deadlineMs = 2_000;

export const cursorOutbox: BrokenShop = {
  mistake:
    'The relay remembers how far it has read the outbox: what a slower transaction commits behind that, nobody sees.',
  seams: {
    workers: (workers, { database }) => {
      let position: { readonly at: string; readonly orderId: string; readonly sequence: number } = {
        at: '-infinity',
        orderId: '00000000-0000-0000-0000-000000000000',
        sequence: 0,
      };
      const run = () =>
        database.transaction(Deadline.in(deadlineMs), async (queries) => {
          const events = await queries.rows<OrderEvent & { at: string }>(
            `SELECT order_id AS "orderId", sequence, payload, created_at::text AS at FROM outbox
              WHERE (created_at, order_id, sequence) > ($1::timestamptz, $2::uuid, $3::integer)
              ORDER BY created_at, order_id, sequence LIMIT $4`,
            [position.at, position.orderId, position.sequence, batchSize],
          );
          for (const event of events) {
            await projectOrderView(queries, [event]);
            await queries.rows(
              'UPDATE outbox SET published_at = now() WHERE order_id = $1 AND sequence = $2',
              [event.orderId, event.sequence],
            );
          }
          position = events.at(-1) ?? position;
        });
      return workers.map((worker) => (worker.name === 'outbox-relay' ? { ...worker, run } : worker));
    },
  },
};
