import type { Answer } from '../http/endpoint.ts';
import { problemBody } from '../http/problem.ts';
import type { ProblemCode } from '../http/problems.ts';
import type { Order } from './order.ts';

/** The final answers of an order's requests; they are stored with its key, so none is a 5xx. */
export function paidAnswer(order: Order): Answer {
  return {
    status: 201,
    body: { orderId: order.id, status: 'paid', totalCents: order.totalCents, lines: order.lines },
  };
}

export function acceptedAnswer(order: Order): Answer {
  return {
    status: 202,
    body: { orderId: order.id, status: 'accepted', totalCents: order.totalCents, lines: order.lines },
  };
}

export function cancelledAnswer(order: Order, status: 'voided' | 'refunded'): Answer {
  const refundedCents = status === 'refunded' ? order.totalCents : 0;
  return { status: 200, body: { orderId: order.id, status, refundedCents } };
}

export function refusal(code: ProblemCode, detail?: string): Answer {
  const body = problemBody(code, detail === undefined ? {} : { detail });
  return { status: body.status, body };
}
