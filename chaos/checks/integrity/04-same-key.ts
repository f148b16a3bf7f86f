import { isDeepStrictEqual } from 'node:util';
import { type KeyHistory, keyOf } from './history.ts';
import type { Finding, IntegrityInput, Invariant } from './invariant.ts';

/** 4. The same key is one order with the same answer; the same key with another body is 422. */
export const sameKey: Invariant = (input) => {
  const violations: Finding[] = [];
  for (const checkout of input.history.checkouts.values()) {
    if (checkout.attempts.length > 1) checkAttempts(checkout, violations);
    checkRows(input, checkout, violations);
  }
  return {
    invariant: 4,
    promise: 'the same key is one order and one answer; with another body it is refused with 422',
    examined: input.history.checkouts.size,
    violations,
    unresolved: [],
  };
};

function checkAttempts({ attempts, acknowledged, key, customer }: KeyHistory, violations: Finding[]): void {
  if (acknowledged === undefined) return;
  const order = acknowledged.answer?.orderId;
  const report = (message: string) =>
    violations.push({
      key,
      message: `key ${key} of ${customer}: ${message}`,
      ...(order === undefined ? {} : { order }),
    });
  for (const attempt of attempts) {
    if (attempt === acknowledged) continue;
    const sameBody = isDeepStrictEqual(attempt.requestBody, acknowledged.requestBody);
    if (attempt.outcome === 'ok' && !sameBody) {
      report(`request ${attempt.id} sent another body and was acknowledged instead of refused with 422`);
    } else if (attempt.outcome === 'ok' && !isDeepStrictEqual(attempt.response, acknowledged.response)) {
      const [first, other] = [order ?? 'no order', attempt.answer?.orderId ?? 'no order'];
      report(
        `requests ${acknowledged.id} and ${attempt.id} were answered differently (${first}, then ${other})`,
      );
    } else if (attempt.outcome === 'refused' && !sameBody && attempt.status !== 422) {
      report(`request ${attempt.id} sent another body and was refused with ${attempt.status} instead of 422`);
    }
  }
}

function checkRows({ books }: IntegrityInput, { customer, key }: KeyHistory, violations: Finding[]): void {
  const name = keyOf(customer, key);
  const orders = books.ordersByKey.get(name) ?? [];
  if (orders.length > 1) {
    const ids = orders.map((order) => order.id).join(', ');
    violations.push({
      key,
      order: orders[0]!.id,
      message: `key ${key} of ${customer} has ${orders.length} orders: ${ids}`,
    });
  }
  for (const row of books.keys.get(name) ?? []) {
    if (row.answerStatus !== null && row.answerStatus >= 500) {
      violations.push({
        key,
        message: `key ${key} of ${customer} keeps a ${row.answerStatus} as its final answer`,
      });
    }
    const order = orders[0];
    if (order !== undefined && row.orderId !== null && row.orderId !== order.id && orders.length === 1) {
      violations.push({
        key,
        order: order.id,
        message: `key ${key} points to order ${row.orderId}, but made ${order.id}`,
      });
    }
  }
}
