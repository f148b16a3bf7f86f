import type { Deadline } from '../data/deadline.ts';
import type { Answer } from '../http/endpoint.ts';
import type { PaymentResult } from '../payment/payment-schemas.ts';
import { inSpan } from '../telemetry/span.ts';
import { acceptedAnswer, paidAnswer } from './answers.ts';
import { captureOf, type Order, type OrderPayment } from './order.ts';
import type { OrderParts } from './parts.ts';
import { type CheckoutRequest, reserve } from './reserve.ts';
import { accept, confirm, giveUp } from './settle.ts';
import { storedAnswer } from './stored-answer.ts';

export type { CheckoutRequest } from './reserve.ts';
export type Checkout = (request: CheckoutRequest, deadline: Deadline) => Promise<Answer>;

/**
 * Buys: reserve → capture → confirm, or, while the provider is not to be waited for, reserve → accept: then a worker captures and
 * confirms. Between them nothing is open but the order itself, so whoever finds it after a crash (the same key again, the
 * sweeper, the hold's end) knows from it what is left to do.
 */
export function createCheckout(parts: OrderParts): Checkout {
  return async (request, deadline) => {
    const reservation = await reserve(parts, request, deadline);
    if (reservation.kind === 'answered') {
      if (!reservation.replayed) parts.metrics.checkouts.inc({ result: 'out_of_stock' });
      return reservation.replayed ? replayed(reservation.answer) : reservation.answer;
    }
    const { order, payment } = reservation;
    parts.reached('reserved');
    try {
      if (parts.captureLater()) return await acceptNow(parts, order, request, deadline);
      const result = await inSpan('checkout.capture', () =>
        parts.payment.capture(captureOf(payment), deadline),
      );
      parts.reached('captured');
      const answer = await settle(parts, order, payment, request, result, deadline);
      parts.reached('confirmed');
      return answer;
    } catch (error) {
      parts.metrics.checkouts.inc({ result: 'unknown' });
      unlock(parts, request, deadline);
      throw error;
    }
  };
}

async function acceptNow(
  parts: OrderParts,
  order: Order,
  request: CheckoutRequest,
  deadline: Deadline,
): Promise<Answer> {
  if (!(await accept(parts, order, deadline)))
    return parts.database.read(deadline, (queries) => storedAnswer(parts, queries, request));
  parts.reached('accepted');
  parts.metrics.checkouts.inc({ result: 'accepted' });
  parts.logger.info({ orderId: order.id, totalCents: order.totalCents }, 'order accepted, to be paid later');
  return acceptedAnswer(order);
}

async function settle(
  parts: OrderParts,
  order: Order,
  payment: OrderPayment,
  request: CheckoutRequest,
  result: PaymentResult,
  deadline: Deadline,
): Promise<Answer> {
  if (result === 'accepted') {
    if (await confirm(parts, order, deadline)) {
      parts.metrics.checkouts.inc({ result: 'paid' });
      parts.logger.info({ orderId: order.id, totalCents: order.totalCents }, 'order paid');
      return paidAnswer(order);
    }
    return lostOrder(parts, payment, request, deadline);
  }
  const to = result === 'declined' ? 'declined' : 'voided';
  await parts.database.transaction(deadline, (queries) => giveUp(parts, queries, order, to));
  parts.metrics.checkouts.inc({ result: result === 'declined' ? 'declined' : 'lost' });
  return parts.database.read(deadline, (queries) => storedAnswer(parts, queries, request));
}

/** Somebody else moved the order first. Unless it stands, paid or to be paid, the money that was just taken goes back. */
async function lostOrder(
  parts: OrderParts,
  payment: OrderPayment,
  request: CheckoutRequest,
  deadline: Deadline,
): Promise<Answer> {
  const answer = await parts.database.read(deadline, (queries) => storedAnswer(parts, queries, request));
  if (answer.status >= 400) {
    parts.metrics.checkouts.inc({ result: 'lost' });
    parts.logger.warn({ orderId: payment.orderId }, 'the order was given up while its payment was under way');
    // The sweeper has the void on its list already; this only makes it sooner.
    await parts.payment.void({ key: payment.captureKey, orderId: payment.orderId }, deadline).catch(() => {});
  }
  return answer;
}

export function replayed(answer: Answer): Answer {
  return { ...answer, headers: { 'Idempotency-Replayed': 'true' } };
}

/** Lets a retry begin at once. Where the database does not take it, the lock runs out by itself. */
export function unlock(
  parts: OrderParts,
  request: { customer: string; key: string },
  deadline: Deadline,
): void {
  parts.database
    .read(deadline, (queries) => parts.keys.unlock(queries, request.customer, request.key))
    .catch(() => {});
}
