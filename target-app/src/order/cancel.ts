import type { Queries } from '../data/database.ts';
import type { Deadline } from '../data/deadline.ts';
import type { Answer } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import { PaymentUnavailable } from '../payment/payment-errors.ts';
import { cancelledAnswer, refusal } from './answers.ts';
import { replayed, unlock } from './checkout.ts';
import { requestHash } from './keys.ts';
import type { Order, OrderPayment } from './order.ts';
import type { OrderParts } from './parts.ts';
import { completeRefund, giveUp } from './settle.ts';
import { storedAnswer } from './stored-answer.ts';

export interface CancelRequest {
  readonly customer: string;
  readonly key: string;
  readonly orderId: string;
}

export type Cancel = (request: CancelRequest, deadline: Deadline) => Promise<Answer>;

type Begun =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly replayed: boolean }
  | { readonly kind: 'refunding'; readonly order: Order; readonly payment: OrderPayment };

/**
 * Cancels: one without its money is voided at once; a paid one of which nothing is on its way back is refunded under a key of its own,
 * then restocked.
 */
export function createCancel(parts: OrderParts): Cancel {
  return async (request, deadline) => {
    const begun = await parts.database.transaction(deadline, (queries) => begin(parts, queries, request));
    if (begun.kind === 'answered') {
      if (begun.replayed) return replayed(begun.answer);
      parts.metrics.cancels.inc({ result: begun.answer.status === 200 ? 'voided' : 'refused' });
      return begun.answer;
    }
    parts.reached('refund-begun');
    try {
      await refund(parts, begun.payment, deadline);
      parts.reached('refund-taken');
      const answer = await complete(parts, begun.order, request, deadline);
      parts.reached('refunded');
      parts.metrics.cancels.inc({ result: 'refunded' });
      return answer;
    } catch (error) {
      parts.metrics.cancels.inc({ result: 'unknown' });
      unlock(parts, request, deadline);
      throw error;
    }
  };
}

async function complete(
  parts: OrderParts,
  order: Order,
  request: CancelRequest,
  deadline: Deadline,
): Promise<Answer> {
  if (await completeRefund(parts, order, deadline)) return cancelledAnswer(order, 'refunded');
  return parts.database.read(deadline, (queries) => storedAnswer(parts, queries, request));
}

/** @throws {PaymentUnavailable} unless the provider says that the money went back. */
export async function refund(parts: OrderParts, payment: OrderPayment, deadline: Deadline): Promise<void> {
  const { refundKey, captureKey, orderId, cents } = payment;
  const result = await parts.payment.refund({ key: refundKey, captureKey, orderId, cents }, deadline);
  if (result !== 'accepted') throw new PaymentUnavailable('refused');
}

async function begin(parts: OrderParts, queries: Queries, request: CancelRequest): Promise<Begun> {
  const { customer, key, orderId } = request;
  // Locked, so that what is seen below of its returns is still so when it is moved.
  const order = await parts.orders.load(queries, orderId, 'lock');
  if (order === undefined || order.customer !== customer) throw new Problem('order-not-found');
  const hash = requestHash('cancel', { orderId });
  const claim = await parts.keys.claim(queries, {
    customer,
    key,
    operation: 'cancel',
    requestHash: hash,
    orderId,
  });
  if (claim.kind === 'in-flight') throw new Problem('idempotency-key-in-flight');
  if (claim.kind === 'other-request') throw new Problem('idempotency-key-reused');
  if (claim.kind === 'answered') return { kind: 'answered', answer: claim.answer, replayed: true };
  if (claim.kind === 'resume') return refunding(parts, queries, order);

  const answer = async (given: Answer): Promise<Begun> => {
    await parts.keys.answer(queries, customer, key, orderId, given);
    parts.reached('cancel-before-commit');
    return { kind: 'answered', answer: given, replayed: false };
  };
  const { status } = order;
  if ((status === 'held' || status === 'accepted') && (await giveUp(parts, queries, order, 'voided', status)))
    return answer(cancelledAnswer(order, 'voided'));
  const untouched = status === 'paid' && (await parts.returns.unitsBack(queries, orderId)).size === 0;
  if (untouched && (await parts.orders.move(queries, orderId, 'paid', 'refunding')))
    return refunding(parts, queries, order);
  return answer(refusal('order-not-cancellable'));
}

async function refunding(parts: OrderParts, queries: Queries, order: Order): Promise<Begun> {
  return { kind: 'refunding', order, payment: await parts.orders.payment(queries, order.id) };
}
