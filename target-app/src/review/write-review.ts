import { v7 as uuidv7 } from 'uuid';
import type { Queries } from '../data/database.ts';
import type { Deadline } from '../data/deadline.ts';
import type { Answer } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import { refusal } from '../order/answers.ts';
import { replayed } from '../order/checkout.ts';
import { requestHash } from '../order/keys.ts';
import type { OrderParts } from '../order/parts.ts';
import { orderStates } from '../order/states.ts';

export interface ReviewRequest {
  readonly customer: string;
  readonly key: string;
  readonly sku: string;
  readonly review: { readonly rating: number; readonly title: string; readonly text: string };
}

export type WriteReview = (request: ReviewRequest, deadline: Deadline) => Promise<Answer>;

/** One statement, so that of two reviews by one customer the second waits for the first and finds it. */
const writeSql = `
  WITH bought AS (
    SELECT FROM customer_order o JOIN order_line line ON line.order_id = o.id
     WHERE o.customer = $2 AND o.status = ANY ($7) AND line.sku = $3 LIMIT 1
  ), written AS (
    INSERT INTO review (id, customer, sku, rating, title, text) SELECT $1, $2, $3, $4, $5, $6 FROM bought
    ON CONFLICT ON CONSTRAINT review_one_per_customer DO NOTHING RETURNING id
  )
  SELECT EXISTS (SELECT FROM product WHERE sku = $3) AS known, EXISTS (SELECT FROM bought) AS bought,
         EXISTS (SELECT FROM written) AS written`;

interface Written {
  readonly known: boolean;
  readonly bought: boolean;
  readonly written: boolean;
}

/** Key, review and answer in one transaction: nobody ever sees one without the others. */
export function createWriteReview(parts: OrderParts): WriteReview {
  return (request, deadline) =>
    parts.database.transaction(deadline, (queries) => writeIn(parts, queries, request));
}

async function writeIn(parts: OrderParts, queries: Queries, request: ReviewRequest): Promise<Answer> {
  const { customer, key, sku, review } = request;
  const claim = await parts.keys.claim(queries, {
    customer,
    key,
    operation: 'review',
    requestHash: requestHash('review', { sku, ...review }),
    orderId: null,
  });
  if (claim.kind === 'answered') return replayed(claim.answer);
  if (claim.kind === 'other-request') throw new Problem('idempotency-key-reused');
  if (claim.kind !== 'new') throw new Problem('idempotency-key-in-flight');
  const id = uuidv7();
  const paid = orderStates.paid;
  const [row] = await queries.rows<Written & Record<string, unknown>>(writeSql, [
    id,
    customer,
    sku,
    review.rating,
    review.title,
    review.text,
    paid,
  ]);
  if (!row?.known) throw new Problem('product-not-found');
  const answer = answerTo(row, { reviewId: id, sku, rating: review.rating });
  await parts.keys.answer(queries, customer, key, null, answer);
  return answer;
}

function answerTo({ bought, written }: Written, body: unknown): Answer {
  if (written) return { status: 201, body };
  return refusal(bought ? 'already-reviewed' : 'not-a-buyer');
}
