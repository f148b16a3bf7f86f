import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Queries } from '../data/database.ts';
import type { Deadline } from '../data/deadline.ts';
import type { Answer } from '../http/endpoint.ts';
import { Problem } from '../http/problem.ts';
import { refusal } from '../order/answers.ts';
import { replayed, unlock } from '../order/checkout.ts';
import { requestHash } from '../order/keys.ts';
import { inLockOrder, type Line, type Order, type PricedLine, totalOf } from '../order/order.ts';
import type { OrderParts } from '../order/parts.ts';
import { completeReturn, refundReturn } from './complete-return.ts';
import type { GoodsReturn, UnitsBack } from './return-books.ts';

export interface ReturnRequest {
  readonly customer: string;
  readonly key: string;
  readonly orderId: string;
  readonly lines: readonly Line[];
}

export type ReturnGoods = (request: ReturnRequest, deadline: Deadline) => Promise<Answer>;

type Begun =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly replayed: boolean }
  | { readonly kind: 'refunding'; readonly goods: GoodsReturn };

/** Takes goods back: begin → refund → complete. What was begun is finished by the same key again, or by the sweeper. */
export function createReturnGoods(parts: OrderParts): ReturnGoods {
  return async (request, deadline) => {
    const begun = await parts.database.transaction(deadline, (queries) => begin(parts, queries, request));
    if (begun.kind === 'answered') {
      if (begun.replayed) return replayed(begun.answer);
      parts.metrics.returns.inc({ result: 'refused' });
      return begun.answer;
    }
    parts.reached('return-begun');
    try {
      await refundReturn(parts, begun.goods, deadline);
      parts.reached('return-refunded');
      const answer = await completeReturn(parts, begun.goods, deadline);
      parts.reached('returned');
      parts.metrics.returns.inc({ result: 'refunded' });
      return answer;
    } catch (error) {
      parts.metrics.returns.inc({ result: 'unknown' });
      unlock(parts, request, deadline);
      throw error;
    }
  };
}

/** Key, return and refund key in one transaction, under the order's row lock: against a cancellation, one wins. */
async function begin(parts: OrderParts, queries: Queries, request: ReturnRequest): Promise<Begun> {
  const { customer, key, orderId } = request;
  const order = await parts.orders.load(queries, orderId, 'lock');
  if (order === undefined || order.customer !== customer) throw new Problem('order-not-found');
  const claim = await parts.keys.claim(queries, {
    customer,
    key,
    operation: 'return',
    requestHash: requestHash('return', { orderId, lines: request.lines }),
    orderId,
  });
  if (claim.kind === 'in-flight') throw new Problem('idempotency-key-in-flight');
  if (claim.kind === 'other-request') throw new Problem('idempotency-key-reused');
  if (claim.kind === 'answered') return { kind: 'answered', answer: claim.answer, replayed: true };
  if (claim.kind === 'resume') return resume(parts, queries, request);

  const lines = inLockOrder(linesOf(order, request.lines));
  const refused = whyNot(order, lines, await parts.returns.unitsBack(queries, orderId));
  if (refused !== undefined) {
    await parts.keys.answer(queries, customer, key, orderId, refused);
    return { kind: 'answered', answer: refused, replayed: false };
  }
  const goods: GoodsReturn = {
    id: uuidv7(),
    orderId,
    key,
    refundKey: refundKeyOf(orderId, key),
    status: 'refunding',
    cents: totalOf(lines),
    lines,
  };
  await parts.returns.insert(queries, goods);
  parts.reached('return-before-commit');
  return { kind: 'refunding', goods };
}

/** A customer's key can be as long as the provider's whole key. */
function refundKeyOf(orderId: string, key: string): string {
  return `return-${orderId}-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

async function resume(parts: OrderParts, queries: Queries, request: ReturnRequest): Promise<Begun> {
  const goods = await parts.returns.find(queries, request.orderId, request.key);
  if (goods === undefined)
    throw new Error(`a key leads to a return of ${request.orderId}, which is not there`);
  return { kind: 'refunding', goods };
}

/** At the prices that were paid. @throws {Problem} `line-not-in-order`. */
function linesOf(order: Order, lines: readonly Line[]): readonly PricedLine[] {
  return lines.map(({ sku, quantity }) => {
    const bought = order.lines.find((line) => line.sku === sku);
    if (bought === undefined) throw new Problem('line-not-in-order', { detail: `it has no ${sku}` });
    return { sku, quantity, unitCents: bought.unitCents };
  });
}

function whyNot(
  order: Order,
  lines: readonly PricedLine[],
  unitsBack: ReadonlyMap<string, UnitsBack>,
): Answer | undefined {
  if (order.status !== 'paid' && order.status !== 'part_returned') return refusal('order-not-returnable');
  for (const { sku, quantity } of lines) {
    const bought = order.lines.find((line) => line.sku === sku)?.quantity ?? 0;
    const left = bought - (unitsBack.get(sku)?.taken ?? 0);
    if (quantity > left)
      return refusal('return-exceeds-order', `${left} of ${bought} ${sku} can still be returned`);
  }
  return undefined;
}
