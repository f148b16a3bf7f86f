import { type OrderLine, requestedLines } from './answer.ts';
import { isKnown, isToldToStand, netCents, standsAsTold } from './books.ts';
import type { Finding } from './finding.ts';
import { type Attempt, acknowledgedIn, type KeyHistory, keyOf, unknownIn } from './history.ts';
import type { IntegrityInput, Invariant } from './invariant.ts';

/** 1. An acknowledged order exists exactly once, with the same customer, lines and cents; a refused one has no effect. */
export const acknowledgedOrders: Invariant = (input) => {
  const violations: Finding[] = [];
  const admitted: Finding[] = [];
  const { history, books, states, losses } = input;
  for (const checkout of history.checkouts) {
    const order = checkout.acknowledged?.answer?.orderId;
    const lost =
      order === undefined
        ? losses.keys.has(keyOf(checkout.customer, checkout.key))
        : losses.orders.has(order);
    const findings = lost ? admitted : violations;
    if (checkout.acknowledged !== undefined)
      checkAcknowledged(input, checkout, checkout.acknowledged, findings);
    else if (!checkout.unknown) checkRefused(input, checkout, findings);
  }
  for (const [id, cancels] of history.cancels) {
    const order = books.byOrder.get(id)?.order;
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
    examined: history.checkouts.length + history.cancels.size,
    violations,
    unresolved: [],
    admitted,
  };
};

function checkAcknowledged(
  { history, books, states }: IntegrityInput,
  checkout: KeyHistory,
  attempt: Attempt,
  violations: Finding[],
): void {
  const { customer, key, orders } = checkout;
  const told = attempt.answer;
  const named = told === undefined ? `request ${attempt.id}` : `order ${told.orderId}`;
  const report = (message: string) =>
    violations.push({ key, message, ...(told === undefined ? {} : { order: told.orderId }) });

  if (told === undefined) return void report(`${named}: acknowledged by an answer that is not an order`);
  if (orders.length === 0) {
    return void report(
      `${named} of ${customer}, ${told.totalCents} cents, was acknowledged and is lost (key ${key})`,
    );
  }
  if (orders.length > 1) {
    return void report(
      `${named} exists ${orders.length} times: ${orders.map((order) => order.id).join(', ')} (key ${key})`,
    );
  }
  const order = orders[0]!;
  if (order.id !== told.orderId)
    return void report(`${named} was acknowledged, the database has ${order.id} for key ${key}`);
  if (order.totalCents !== told.totalCents) {
    report(`${named} was acknowledged at ${told.totalCents} cents, the database has ${order.totalCents}`);
  }
  if (!sameLines(order.lines, told.lines)) report(`${named}: its lines differ from those acknowledged`);
  const asked = requestedLines(attempt.requestBody);
  if (asked !== undefined && !sameQuantities(asked, order.lines)) {
    report(`${named}: its quantities differ from those asked for`);
  }
  const cancels = history.cancels.get(order.id);
  const mayBeCancelled = acknowledgedIn(cancels) || unknownIn(cancels);
  const known = books.byOrder.get(order.id);
  const lasts =
    !isToldToStand(told.status, states) || (isKnown(known) && standsAsTold(told.status, known, states));
  if (!lasts && !mayBeCancelled) {
    report(`${named} was acknowledged as ${told.status}, it is ${order.status} and nobody cancelled it`);
  }
}

function checkRefused({ books, states }: IntegrityInput, checkout: KeyHistory, violations: Finding[]): void {
  for (const order of checkout.orders) {
    const net = netCents(books.byOrder.get(order.id)?.money);
    if (!states.paid.includes(order.status) && net === 0) continue;
    const status = checkout.attempts.at(-1)?.status ?? 'no status';
    violations.push({
      order: order.id,
      key: checkout.key,
      message: `order ${order.id} is ${order.status} with ${net} cents charged, but the client was refused (${status})`,
    });
  }
}

function sameLines(a: readonly OrderLine[], b: readonly OrderLine[]): boolean {
  // Most come in the order in which they were told, and need no words to be compared.
  const inOrder = (line: OrderLine, index: number): boolean =>
    isSame(line, b[index]) && line.unitCents === b[index]?.unitCents;
  if (a.length === b.length && a.every(inOrder)) return true;
  return sameBag(a, b, (line) => `${line.sku} ${line.quantity} ${line.unitCents}`);
}

type Quantity = { readonly sku: string; readonly quantity: number };

const isSame = (one: Quantity, other: Quantity | undefined): boolean =>
  one.sku === other?.sku && one.quantity === other.quantity;

function sameQuantities(a: readonly Quantity[], b: readonly Quantity[]): boolean {
  if (a.length === b.length && a.every((line, index) => isSame(line, b[index]))) return true;
  return sameBag(a, b, (line) => `${line.sku} ${line.quantity}`);
}

function sameBag<T>(a: readonly T[], b: readonly T[], name: (item: T) => string): boolean {
  if (a.length !== b.length) return false;
  const left = a.map(name).sort();
  const right = b.map(name).sort();
  return left.every((item, index) => item === right[index]);
}
