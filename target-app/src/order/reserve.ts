import { v7 as uuidv7 } from 'uuid';
import { withPrices } from '../catalogue/prices.ts';
import type { Queries } from '../data/database.ts';
import type { Deadline } from '../data/deadline.ts';
import type { Answer } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import { inSpan } from '../telemetry/span.ts';
import { refusal } from './answers.ts';
import { requestHash } from './keys.ts';
import { inLockOrder, type Line, type Order, type OrderPayment, totalOf } from './order.ts';
import type { OrderParts } from './parts.ts';

export interface CheckoutRequest {
  readonly customer: string;
  readonly key: string;
  /** The body as it was sent, for the comparison with an earlier request of the same key. */
  readonly body: unknown;
  /** The lines; a cart is read in the reserving transaction. */
  lines(queries: Queries): Promise<readonly Line[]>;
  readonly token: string;
  readonly orderId?: string;
}

export type Reservation =
  | { readonly kind: 'reserved' | 'resumed'; readonly order: Order; readonly payment: OrderPayment }
  | { readonly kind: 'answered'; readonly answer: Answer; readonly replayed: boolean };

/** The first recovery point: key, order, lines, hold, payment keys, first transition and event in one transaction. */
export function reserve(
  parts: OrderParts,
  request: CheckoutRequest,
  deadline: Deadline,
): Promise<Reservation> {
  return inSpan('checkout.reserve', () =>
    parts.database.transaction(deadline, (queries) => reserveIn(parts, queries, request)),
  );
}

async function reserveIn(
  parts: OrderParts,
  queries: Queries,
  request: CheckoutRequest,
): Promise<Reservation> {
  const { customer, key } = request;
  const orderId = request.orderId ?? uuidv7();
  const hash = requestHash('checkout', request.body);
  const claim = await parts.keys.claim(queries, {
    customer,
    key,
    operation: 'checkout',
    requestHash: hash,
    orderId,
  });
  if (claim.kind === 'in-flight') throw new Problem('idempotency-key-in-flight');
  if (claim.kind === 'other-request') throw new Problem('idempotency-key-reused');
  if (claim.kind === 'answered') return { kind: 'answered', answer: claim.answer, replayed: true };
  if (claim.kind === 'resume') return resume(parts, queries, claim.orderId);

  const wanted = inLockOrder(await request.lines(queries));
  const held = await parts.stock.hold(queries, wanted);
  if (held === undefined) {
    // What the shop does not know at all has another answer than what is sold out.
    await withPrices(queries, wanted);
    const answer = refusal('out-of-stock');
    await parts.keys.answer(queries, customer, key, null, answer);
    return { kind: 'answered', answer, replayed: false };
  }
  const lines = inLockOrder(held);
  const order: Order = { id: orderId, customer, status: 'held', totalCents: totalOf(lines), lines };
  const payment: OrderPayment = {
    orderId,
    captureKey: `capture-${orderId}`,
    refundKey: `refund-${orderId}`,
    token: request.token,
    cents: order.totalCents,
  };
  await parts.orders.insert(queries, { order, key, payment, holdMs: parts.holdMs });
  parts.reached('reserve-before-commit');
  return { kind: 'reserved', order, payment };
}

async function resume(parts: OrderParts, queries: Queries, orderId: string): Promise<Reservation> {
  const order = await parts.orders.load(queries, orderId);
  if (order === undefined) throw new Error(`a key leads to order ${orderId}, which is not there`);
  return { kind: 'resumed', order, payment: await parts.orders.payment(queries, orderId) };
}
