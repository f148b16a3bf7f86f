import type { AuditOrder, AuditReturn, StateMachine } from '../../target.ts';
import { type OrderLine, requestedLines } from './answer.ts';
import type { Attempt } from './attempt.ts';
import { centsOfReturn } from './books.ts';
import type { Finding } from './finding.ts';
import type { IntegrityInput, Invariant } from './invariant.ts';
import type { KeyHistory, OrderBooks } from './joined.ts';
import { sameQuantities } from './same-lines.ts';

/**
 * 7. Never more comes back than was bought, every acknowledged return is there, and nobody is refused whose goods could still
 * come back. Of a return and a cancellation one wins.
 */
export const returns: Invariant = (input) => {
  const violations: Finding[] = [];
  const admitted: Finding[] = [];
  const { books, losses } = input;
  let examined = 0;
  for (const { id, order, returns: rows } of books.byOrder.values()) {
    if (rows.length === 0) continue;
    examined += rows.length;
    if (order === undefined)
      violations.push({ order: id, message: `order ${id} is gone, but a return of it stands` });
    else checkRows(input, order, rows, violations);
  }
  for (const known of books.broughtBack) {
    for (const key of known.asksBack) {
      examined += 1;
      const findings = losses.keys.has(key) ? admitted : violations;
      if (key.acknowledged !== undefined) checkAcknowledged(known, key, key.acknowledged, findings);
      else if (key.refused !== undefined && !key.unknown)
        checkRefused(input, known, key, key.refused, findings);
    }
  }
  for (const known of books.cancelled) {
    for (const key of known.cancels) {
      examined += 1;
      if (key.acknowledged === undefined && key.refused !== undefined && !key.unknown) {
        checkRefusedCancel(input, known, key, key.refused, violations);
      }
    }
  }
  return {
    invariant: 7,
    promise:
      'no more comes back than was bought, each acknowledged return once; of return and cancellation one wins',
    examined,
    violations,
    unresolved: [],
    admitted,
  };
};

function checkRows(
  { states }: IntegrityInput,
  order: AuditOrder,
  rows: readonly AuditReturn[],
  violations: Finding[],
): void {
  const report = (message: string) =>
    violations.push({ order: order.id, message: `order ${order.id}: ${message}` });
  const back = new Map<string, number>();
  for (const row of rows) {
    for (const { sku, quantity } of row.lines) back.set(sku, (back.get(sku) ?? 0) + quantity);
    const cents = centsOfReturn(order, row);
    if (row.cents !== cents)
      report(`return ${row.id} gave ${row.cents} cents back, its goods were bought for ${cents}`);
  }
  for (const [sku, quantity] of back) {
    const bought = order.lines.find((line) => line.sku === sku)?.quantity ?? 0;
    if (quantity > bought) report(`${quantity} of ${sku} came back, ${bought} were bought`);
  }
  if (!states.paid.includes(order.status))
    report(`it is ${order.status} and has ${rows.length} returns: both won`);
}

function checkAcknowledged(
  { id, returns }: OrderBooks,
  { key }: KeyHistory,
  attempt: Attempt,
  findings: Finding[],
): void {
  const report = (message: string) => findings.push({ order: id, key, message: `order ${id}: ${message}` });
  const rows = returns.filter((row) => row.key === key);
  if (rows.length !== 1) {
    return void report(`a return was acknowledged (key ${key}) and exists ${rows.length} times`);
  }
  const asked = requestedLines(attempt.requestBody);
  if (asked !== undefined && !sameQuantities(asked, rows[0]!.lines)) {
    report(`the return of key ${key} has other lines than were asked for`);
  }
  const cents = (attempt.response as { readonly refundedCents?: unknown } | undefined)?.refundedCents;
  if (typeof cents === 'number' && cents !== rows[0]!.cents) {
    report(`the return of key ${key} was told as ${cents} cents, it is ${rows[0]!.cents}`);
  }
}

function checkRefused(
  { states, losses }: IntegrityInput,
  known: OrderBooks,
  { customer, key }: KeyHistory,
  refusal: Attempt,
  violations: Finding[],
): void {
  const { id } = known;
  const report = (message: string) => violations.push({ order: id, key, message: `order ${id}: ${message}` });
  const effect = known.returns.find((row) => row.key === key);
  if (effect !== undefined) {
    return void report(
      `a return (key ${key}) was refused with ${refusal.status}, but took effect: ${effect.id}`,
    );
  }
  const asked = requestedLines(refusal.requestBody);
  const bought = boughtBy(customer, known, states);
  // Without the order nothing can be said; what a promotion took with it cannot be given back.
  if (asked === undefined || bought === undefined || losses.orders.has(id)) return;
  if (bought.paidAt > refusal.sentAt || anyPossible(known.cancels, refusal)) return;
  const earlier = possible(known.asksBack, refusal);
  const exhausts = asked.some((line) => {
    const units = bought.lines.find(({ sku }) => sku === line.sku)?.quantity ?? 0;
    return line.quantity + unitsOf(earlier, line.sku) > units;
  });
  if (exhausts) return;
  report(
    `a return (key ${key}) was refused (${refusal.code ?? refusal.status}), though what came back could not exhaust it`,
  );
}

function checkRefusedCancel(
  { states, losses }: IntegrityInput,
  known: OrderBooks,
  { customer, key }: KeyHistory,
  refusal: Attempt,
  violations: Finding[],
): void {
  const { id } = known;
  const bought = boughtBy(customer, known, states);
  if (bought === undefined || bought.paidAt > refusal.sentAt || losses.orders.has(id)) return;
  const others = known.cancels.filter((other) => other.key !== key);
  if (anyPossible(others, refusal) || anyPossible(known.asksBack, refusal)) return;
  violations.push({
    order: id,
    key,
    message: `order ${id}: its cancellation (key ${key}) was refused (${refusal.code ?? refusal.status}), though nothing stood against it`,
  });
}

interface Bought {
  readonly lines: readonly OrderLine[];
  /** When its buyer was told that it was paid. */
  readonly paidAt: number;
}

/** What the order's buyer was told of it; `undefined` for anybody else, and while nobody was told that it is paid. */
function boughtBy(
  customer: string,
  { id, order, bought }: OrderBooks,
  states: StateMachine,
): Bought | undefined {
  if (order?.customer !== customer) return undefined;
  const told = bought?.acknowledged;
  return told?.answer?.orderId === id && states.paid.includes(told.answer.status)
    ? { lines: told.answer.lines, paidAt: told.at }
    : undefined;
}

/** The keys that may have taken effect before this refusal was answered. */
function possible(keys: readonly KeyHistory[], refusal: Attempt): readonly KeyHistory[] {
  return keys.filter(
    ({ acknowledged, everUnknown, attempts }) =>
      (acknowledged !== undefined || everUnknown) && attempts[0]!.sentAt <= refusal.at,
  );
}

function anyPossible(keys: readonly KeyHistory[], refusal: Attempt): boolean {
  return possible(keys, refusal).length > 0;
}

function unitsOf(keys: readonly KeyHistory[], sku: string): number {
  return keys.reduce((sum, { attempts }) => {
    const line = requestedLines(attempts[0]!.requestBody)?.find((asked) => asked.sku === sku);
    return sum + (line?.quantity ?? 0);
  }, 0);
}
