import { Deadline } from '../../src/data/deadline.ts';
import { Problem } from '../../src/http/problem.ts';
import { refusal } from '../../src/order/answers.ts';
import type { BrokenShop } from './broken-shop.ts';

export const serverErrorKept: BrokenShop = {
  mistake: 'Whatever was answered first is kept as the final answer of its key, a 503 too.',
  without: [{ table: 'idempotency_key', constraint: 'idempotency_key_answer_status_check' }],
  seams: {
    checkout: (good, parts) => async (request, deadline) => {
      try {
        return await good(request, deadline);
      } catch (error) {
        if (error instanceof Problem) throw error;
        const answer = refusal('payment-unavailable');
        await parts.database.read(Deadline.in(1_000), (queries) =>
          queries.rows(
            `UPDATE idempotency_key SET answer_status = $3, answer_body = $4
              WHERE customer = $1 AND key = $2 AND answer_status IS NULL`,
            [request.customer, request.key, answer.status, JSON.stringify(answer.body)],
          ),
        );
        throw error;
      }
    },
  },
};
