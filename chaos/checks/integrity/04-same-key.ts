import { isDeepStrictEqual } from 'node:util';
import type { Attempt } from './attempt.ts';
import type { Finding } from './finding.ts';
import type { IntegrityInput, Invariant } from './invariant.ts';
import type { KeyHistory } from './joined.ts';

/** 4. Whatever is asked under a key is done once and answered once; the same key for another request is 422. */
export const sameKey: Invariant = (input) => {
  const violations: Finding[] = [];
  for (const key of input.history.keys.all) {
    if (key.attempts.length > 1) checkAttempts(input, key, violations);
    checkReuse(key, violations);
    if (key.operation === 'checkout') checkOrders(key, violations);
    checkRows(key, violations);
  }
  return {
    invariant: 4,
    promise: 'the same key is one effect and one answer; for another request it is refused with 422',
    examined: input.history.keys.all.length,
    violations,
    unresolved: [],
    admitted: [],
  };
};

function checkAttempts({ losses }: IntegrityInput, history: KeyHistory, violations: Finding[]): void {
  const { attempts, acknowledged, key, customer, operation } = history;
  if (acknowledged === undefined) return;
  const order = orderIn(acknowledged);
  // What a promotion took with it may be done and answered anew.
  const lost = losses.keys.has(history) || (order !== undefined && losses.orders.has(order));
  const report = (message: string) =>
    violations.push({
      key,
      message: `key ${key} of ${customer} (${operation}): ${message}`,
      ...(order === undefined ? {} : { order }),
    });
  for (const attempt of attempts) {
    if (attempt === acknowledged) continue;
    const same = sameRequest(attempt, acknowledged);
    if (attempt.outcome === 'ok' && !same) {
      report(
        `request ${attempt.id} asked for something else and was acknowledged instead of refused with 422`,
      );
    } else if (attempt.outcome === 'ok' && !isDeepStrictEqual(attempt.response, acknowledged.response)) {
      if (lost) continue;
      const [first, other] = [order ?? 'no order', orderIn(attempt) ?? 'no order'];
      report(
        `requests ${acknowledged.id} and ${attempt.id} were answered differently (${first}, then ${other})`,
      );
    } else if (attempt.outcome === 'refused' && !same && attempt.status !== 422) {
      report(
        `request ${attempt.id} asked for something else and was refused with ${attempt.status}, not 422`,
      );
    }
  }
}

/** A key belongs to its customer: only their own other request can have used it up. */
function checkReuse({ attempts, key, customer, operation }: KeyHistory, violations: Finding[]): void {
  const reused = attempts.find((attempt) => attempt.code === 'idempotency-key-reused');
  if (reused === undefined || attempts.some((attempt) => !sameRequest(attempt, reused))) return;
  violations.push({
    key,
    message: `key ${key} of ${customer} (${operation}): request ${reused.id} was refused as a reuse, but no other was ever sent`,
  });
}

function checkOrders({ customer, key, orders }: KeyHistory, violations: Finding[]): void {
  if (orders.length < 2) return;
  const ids = orders.map(({ id }) => id).join(', ');
  violations.push({
    key,
    order: orders[0]!.id,
    message: `key ${key} of ${customer} has ${orders.length} orders: ${ids}`,
  });
}

function checkRows({ customer, key, operation, orders, rows }: KeyHistory, violations: Finding[]): void {
  for (const row of rows) {
    if (row.answerStatus !== null && row.answerStatus >= 500) {
      violations.push({
        key,
        message: `key ${key} of ${customer} keeps a ${row.answerStatus} as its final answer`,
        ...(row.orderId === null ? {} : { order: row.orderId }),
      });
    }
    const order = orders[0];
    if (operation !== 'checkout' || order === undefined || orders.length > 1) continue;
    if (row.orderId === null || row.orderId === order.id) continue;
    violations.push({
      key,
      order: order.id,
      message: `key ${key} points to order ${row.orderId}, but made ${order.id}`,
    });
  }
}

/** The same request: what was asked, of what, by which body. */
function sameRequest(a: Attempt, b: Attempt): boolean {
  return a.operation === b.operation && a.path === b.path && isDeepStrictEqual(a.requestBody, b.requestBody);
}

function orderIn({ response }: Attempt): string | undefined {
  if (typeof response !== 'object' || response === null || !('orderId' in response)) return undefined;
  return typeof response.orderId === 'string' ? response.orderId : undefined;
}
