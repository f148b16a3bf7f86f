import { requestedLines } from './answer.ts';
import type { Attempt } from './attempt.ts';
import { isToldToStand, netCents, standsAsTold } from './books.ts';
import type { Finding } from './finding.ts';
import { acknowledgedIn, unknownIn } from './history.ts';
import type { IntegrityInput, Invariant } from './invariant.ts';
import type { KeyHistory } from './joined.ts';
import { sameLines, sameQuantities } from './same-lines.ts';

/** 1. An acknowledged order exists exactly once, with the same customer, lines and cents; a refused one has no effect. */
export const acknowledgedOrders: Invariant = (input) => {
  const violations: Finding[] = [];
  const admitted: Finding[] = [];
  const { history, books, states, losses } = input;
  for (const checkout of history.checkouts) {
    const order = checkout.acknowledged?.answer?.orderId;
    const lost = order === undefined ? losses.keys.has(checkout) : losses.orders.has(order);
    const findings = lost ? admitted : violations;
    if (checkout.acknowledged !== undefined)
      checkAcknowledged(input, checkout, checkout.acknowledged, findings);
    else if (!checkout.unknown) checkRefused(input, checkout, findings);
  }
  for (const { id, order, cancels } of books.cancelled) {
    if (order === undefined || !states.paid.includes(order.status) || !acknowledgedIn(cancels)) continue;
    const finding = {
      order: id,
      message: `order ${id}: its cancellation was acknowledged, but it is ${order.status}`,
    };
    (losses.cancels.has(id) ? admitted : violations).push(finding);
  }
  return {
    invariant: 1,
    promise: 'an acknowledged order exists exactly once as it was told; a refused one has no effect',
    examined: history.checkouts.length + books.cancelled.length,
    violations,
    unresolved: [],
    admitted,
  };
};

function checkAcknowledged(
  { states }: IntegrityInput,
  { customer, key, orders }: KeyHistory,
  attempt: Attempt,
  violations: Finding[],
): void {
  const told = attempt.answer;
  if (told === undefined) {
    const message = `request ${attempt.id}: acknowledged by an answer that is not an order`;
    return void violations.push({ key, message });
  }
  const report = (what: string) =>
    violations.push({ key, order: told.orderId, message: `order ${told.orderId}${what}` });

  if (orders.length === 0) {
    return void report(
      ` of ${customer}, ${told.totalCents} cents, was acknowledged and is lost (key ${key})`,
    );
  }
  if (orders.length > 1) {
    return void report(
      ` exists ${orders.length} times: ${orders.map(({ id }) => id).join(', ')} (key ${key})`,
    );
  }
  const known = orders[0]!;
  const { order, cancels } = known;
  if (order.id !== told.orderId)
    return void report(` was acknowledged, the database has ${order.id} for key ${key}`);
  if (order.totalCents !== told.totalCents) {
    report(` was acknowledged at ${told.totalCents} cents, the database has ${order.totalCents}`);
  }
  if (!sameLines(order.lines, told.lines)) report(`: its lines differ from those acknowledged`);
  const asked = requestedLines(attempt.requestBody);
  if (asked !== undefined && !sameQuantities(asked, order.lines)) {
    report(`: its quantities differ from those asked for`);
  }
  const mayBeCancelled = acknowledgedIn(cancels) || unknownIn(cancels);
  const lasts = !isToldToStand(told.status, states) || standsAsTold(told.status, known, states);
  if (!lasts && !mayBeCancelled) {
    report(` was acknowledged as ${told.status}, it is ${order.status} and nobody cancelled it`);
  }
}

function checkRefused({ states }: IntegrityInput, checkout: KeyHistory, violations: Finding[]): void {
  for (const { order, money } of checkout.orders) {
    const net = netCents(money);
    if (!states.paid.includes(order.status) && net === 0) continue;
    const status = checkout.attempts.at(-1)?.status ?? 'no status';
    violations.push({
      order: order.id,
      key: checkout.key,
      message: `order ${order.id} is ${order.status} with ${net} cents charged, but the client was refused (${status})`,
    });
  }
}
