import type { AuditOrder, AuditReturn } from '../../target.ts';
import { type OrderLine, requestedLines } from './answer.ts';
import type { Attempt } from './attempt.ts';
import { centsOfReturn } from './books.ts';
import type { Finding } from './finding.ts';
import type { IntegrityInput, Invariant } from './invariant.ts';
import type { KeyHistory } from './joined.ts';
import { sameQuantities } from './same-lines.ts';

/**
 * 7. Never more comes back than was bought, every acknowledged return is there, and nobody is refused whose goods could still
 * come back. Of a return and a cancellation one wins.
 */
export const returns: Invariant = (input) => {
  const violations: Finding[] = [];
  const admitted: Finding[] = [];
  const { history, books, losses } = input;
  let examined = 0;
  for (const { id, order, returns: rows } of books.byOrder.values()) {
    if (rows.length === 0) continue;
    examined += rows.length;
    if (order === undefined)
      violations.push({ order: id, message: `order ${id} is gone, but a return of it stands` });
    else checkRows(input, order, rows, violations);
  }
  for (const [id, keys] of history.returns) {
    for (const key of keys) {
      examined += 1;
      const findings = losses.keys.has(key) ? admitted : violations;
      if (key.acknowledged !== undefined) checkAcknowledged(input, id, key, key.acknowledged, findings);
      else if (key.refused !== undefined && !key.unknown) checkRefused(input, id, key, key.refused, findings);
    }
  }
  for (const [id, keys] of history.cancels) {
    for (const key of keys) {
      examined += 1;
      if (key.acknowledged === undefined && key.refused !== undefined && !key.unknown) {
        checkRefusedCancel(input, id, key, key.refused, violations);
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
  { books }: IntegrityInput,
  id: string,
  { key }: KeyHistory,
  attempt: Attempt,
  findings: Finding[],
): void {
  const report = (message: string) => findings.push({ order: id, key, message: `order ${id}: ${message}` });
  const rows = books.byOrder.get(id)?.returns.filter((row) => row.key === key) ?? [];
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
  input: IntegrityInput,
  id: string,
  { customer, key }: KeyHistory,
  refusal: Attempt,
  violations: Finding[],
): void {
  const { history, books, losses } = input;
  const report = (message: string) => violations.push({ order: id, key, message: `order ${id}: ${message}` });
  const effect = books.byOrder.get(id)?.returns.find((row) => row.key === key);
  if (effect !== undefined) {
    return void report(
      `a return (key ${key}) was refused with ${refusal.status}, but took effect: ${effect.id}`,
    );
  }
  const asked = requestedLines(refusal.requestBody);
  const bought = boughtBy(input, customer, id);
  // Without the order nothing can be said; what a promotion took with it cannot be given back.
  if (asked === undefined || bought === undefined || losses.orders.has(id)) return;
  if (bought.paidAt > refusal.sentAt || anyPossible(history.cancels.get(id), refusal)) return;
  const earlier = possible(history.returns.get(id), refusal);
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
  input: IntegrityInput,
  id: string,
  { customer, key }: KeyHistory,
  refusal: Attempt,
  violations: Finding[],
): void {
  const { history, losses } = input;
  const bought = boughtBy(input, customer, id);
  if (bought === undefined || bought.paidAt > refusal.sentAt || losses.orders.has(id)) return;
  const others = history.cancels.get(id)?.filter((other) => other.key !== key);
  if (anyPossible(others, refusal) || anyPossible(history.returns.get(id), refusal)) return;
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
function boughtBy({ books, states }: IntegrityInput, customer: string, id: string): Bought | undefined {
  const known = books.byOrder.get(id);
  if (known?.order?.customer !== customer) return undefined;
  const told = known.bought?.acknowledged;
  return told?.answer?.orderId === id && states.paid.includes(told.answer.status)
    ? { lines: told.answer.lines, paidAt: told.at }
    : undefined;
}

/** The keys that may have taken effect before this refusal was answered. */
function possible(keys: readonly KeyHistory[] | undefined, refusal: Attempt): readonly KeyHistory[] {
  return (
    keys?.filter(
      ({ acknowledged, everUnknown, attempts }) =>
        (acknowledged !== undefined || everUnknown) && attempts[0]!.sentAt <= refusal.at,
    ) ?? []
  );
}

function anyPossible(keys: readonly KeyHistory[] | undefined, refusal: Attempt): boolean {
  return possible(keys, refusal).length > 0;
}

function unitsOf(keys: readonly KeyHistory[], sku: string): number {
  return keys.reduce((sum, { attempts }) => {
    const line = requestedLines(attempts[0]!.requestBody)?.find((asked) => asked.sku === sku);
    return sum + (line?.quantity ?? 0);
  }, 0);
}
