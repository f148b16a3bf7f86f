import type { KeyBooks } from './keys.ts';

interface KeyRow {
  readonly operation: string;
  readonly request_hash: string;
  readonly order_id: string | null;
  readonly locked: boolean;
  readonly answer_status: number | null;
  readonly answer_body: unknown;
}

/** @param lockMs how long a request may work on a key before another may take it over; longer than a request lasts. */
export function sqlKeys(lockMs: number): KeyBooks {
  return {
    claim: async (queries, request) => {
      const { customer, key, operation, requestHash, orderId } = request;
      const created = await queries.rows(
        `INSERT INTO idempotency_key (customer, key, operation, request_hash, order_id, locked_until)
         VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond')
         ON CONFLICT DO NOTHING RETURNING key`,
        [customer, key, operation, requestHash, orderId, lockMs],
      );
      if (created.length > 0) return { kind: 'new' };
      const [row] = await queries.rows<KeyRow>(
        `SELECT operation, request_hash, order_id, locked_until > now() AS locked, answer_status, answer_body
           FROM idempotency_key WHERE customer = $1 AND key = $2 FOR UPDATE`,
        [customer, key],
      );
      if (row === undefined) throw new Error('an idempotency key vanished');
      if (row.operation !== operation || row.request_hash !== requestHash) return { kind: 'other-request' };
      if (row.answer_status !== null) {
        return { kind: 'answered', answer: { status: row.answer_status, body: row.answer_body } };
      }
      if (row.locked || row.order_id === null) return { kind: 'in-flight' };
      await queries.rows(
        `UPDATE idempotency_key SET locked_until = now() + $3 * interval '1 millisecond' WHERE customer = $1 AND key = $2`,
        [customer, key, lockMs],
      );
      return { kind: 'resume', orderId: row.order_id };
    },

    answer: async (queries, customer, key, orderId, answer) => {
      await queries.rows(
        `UPDATE idempotency_key SET answer_status = $3, answer_body = $4, order_id = $5
          WHERE customer = $1 AND key = $2 AND answer_status IS NULL`,
        [customer, key, answer.status, JSON.stringify(answer.body), orderId],
      );
    },

    answerOrder: async (queries, orderId, operation, answer) => {
      await queries.rows(
        `UPDATE idempotency_key SET answer_status = $3, answer_body = $4
          WHERE order_id = $1 AND operation = $2 AND answer_status IS NULL`,
        [orderId, operation, answer.status, JSON.stringify(answer.body)],
      );
    },

    stored: async (queries, customer, key) => {
      const [row] = await queries.rows<Pick<KeyRow, 'answer_status' | 'answer_body'>>(
        'SELECT answer_status, answer_body FROM idempotency_key WHERE customer = $1 AND key = $2',
        [customer, key],
      );
      if (row === undefined || row.answer_status === null) return undefined;
      return { status: row.answer_status, body: row.answer_body };
    },

    unlock: async (queries, customer, key) => {
      await queries.rows(
        `UPDATE idempotency_key SET locked_until = now() WHERE customer = $1 AND key = $2 AND answer_status IS NULL`,
        [customer, key],
      );
    },
  };
}
