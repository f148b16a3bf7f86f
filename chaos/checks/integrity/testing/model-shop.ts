import type { DivergenceRecord } from '../../../evidence/divergences-piece.ts';
import type { Invoke, Result } from '../../../ledger/entry.ts';
import type { Operation } from '../../../ledger/operations.ts';
import type {
  AuditOrder,
  AuditPayment,
  AuditReturn,
  AuditReview,
  AuditSnapshot,
  AuditTransition,
  StateMachine,
} from '../../../target.ts';
import type { CheckRequest } from '../invariants.ts';
import type { Promotion } from '../promotions.ts';

/** A small shop's state machine, enough for the checker. */
export const modelStates: StateMachine = {
  initial: ['pending'],
  next: {
    pending: ['accepted', 'paid', 'failed', 'expired'],
    accepted: ['paid', 'failed', 'cancelled'],
    paid: ['cancelled', 'part_returned', 'returned'],
    part_returned: ['part_returned', 'returned'],
  },
  terminal: ['paid', 'part_returned', 'returned', 'failed', 'expired', 'cancelled'],
  paid: ['paid', 'part_returned', 'returned'],
  promised: ['accepted'],
};

/** Goods that a buyer brings back. Refused by the shop when not so many are left. */
export interface ModelReturn {
  readonly quantity: number;
  readonly learns: 'answer' | 'nothing';
  /** Of a return whose answer was lost: whether it took effect. */
  readonly applied: boolean;
}

/** What one buyer does and what the client gets to know of it. */
export interface ModelCheckout {
  readonly quantity: number;
  readonly sku: number;
  /** What the shop does in the end. */
  readonly fate: 'paid' | 'failed' | 'expired' | 'never-arrived';
  /** The buyer was told that the order stands, and its money was asked for afterwards: taken, or refused by the bank. */
  readonly paidLater: boolean;
  /** What the client learns from each attempt, the last one last. */
  readonly learns: readonly ('answer' | 'nothing')[];
  /** Of an order that was paid; refused where its buyer wrote of the article before. */
  readonly review: 'no' | 'acknowledged' | 'unknown-applied' | 'unknown-lost';
  readonly cancel: 'no' | 'acknowledged' | 'unknown-applied' | 'unknown-lost';
  /** Only of orders that nobody cancels. */
  readonly returns: readonly ModelReturn[];
  /** How often the buyer looks at the order after each step; `behind`: a replica answers, one state late. */
  readonly reads: 'none' | 'fresh' | 'behind';
  /** The promotion at the end of the run takes it with it: it was acknowledged by a primary that is gone. */
  readonly lostByPromotion: boolean;
}

/** The ledger and the books of a run, open to corruption. */
export interface ModelRun {
  readonly operations: Operation[];
  readonly audit: { -readonly [K in keyof AuditSnapshot]: AuditSnapshot[K][number][] };
  level: number;
  promotions: Promotion[];
  divergences: DivergenceRecord[];
}

/** A run as the checker is asked about it. */
export function asked(run: ModelRun, settled = true): CheckRequest {
  return { ...run, states: modelStates, settled };
}

const priceCents = 250;
const seededUnits = 10_000_000;

/** A shop that keeps every promise of level 3, run over the given checkouts; those that are lost come last. */
export function modelRun(checkouts: readonly ModelCheckout[]): ModelRun {
  const run: ModelRun = {
    operations: [],
    audit: {
      orders: [],
      transitions: [],
      events: [],
      stock: [],
      keys: [],
      payments: [],
      returns: [],
      projection: [],
      reviews: [],
    },
    level: 3,
    promotions: [],
    divergences: [],
  };
  const sold = new Map<string, number>();
  for (let sku = 0; sku < 3; sku++) sold.set(`SKU-${sku}`, 0);
  const lasting = checkouts.map((checkout, index) => [checkout, index] as const);
  for (const [checkout, index] of lasting) if (!checkout.lostByPromotion) place(run, sold, checkout, index);
  const lastReplayedAt = timeOf(run);
  for (const [checkout, index] of lasting) if (checkout.lostByPromotion) forget(run, checkout, index);
  const fencedAt = timeOf(run);
  if (checkouts.some((checkout) => checkout.lostByPromotion)) {
    run.promotions.push({ from: 'pg-1', to: 'pg-2', lastReplayedAt, fencedAt, promotedAt: fencedAt });
  }
  for (const [sku, units] of sold) {
    run.audit.stock.push({ sku, seeded: seededUnits, available: seededUnits - units, held: 0 });
  }
  return run;
}

/** Just after the last answer. */
function timeOf(run: ModelRun): string {
  return new Date(run.operations.length * 100 + 50).toISOString();
}

function toldOf(checkout: ModelCheckout, index: number) {
  const line = { sku: `SKU-${checkout.sku}`, quantity: checkout.quantity };
  return {
    orderId: `o-${index}`,
    status: checkout.paidLater ? 'accepted' : 'paid',
    totalCents: line.quantity * priceCents,
    lines: [{ ...line, unitCents: priceCents }],
  };
}

function askFor(run: ModelRun, checkout: ModelCheckout, index: number): void {
  const told = toldOf(checkout, index);
  const [{ unitCents: _, ...line }] = told.lines as [(typeof told.lines)[number]];
  const request = { customer: `c-${index % 7}`, key: `k-${index}`, path: '/orders', body: { lines: [line] } };
  for (const learns of checkout.learns) {
    const stands = checkout.fate === 'paid' || (checkout.paidLater && checkout.fate === 'failed');
    const end = learns === 'nothing' ? 'unknown' : stands ? 'ok' : 'refused';
    send(run, 'checkout', request, end, told);
  }
}

/** Bought from a primary that is gone: the provider charged, the shop's reconciler gave the money of an unknown order back. */
function forget(run: ModelRun, checkout: ModelCheckout, index: number): void {
  const { orderId, totalCents } = toldOf(checkout, index);
  askFor(run, checkout, index);
  if (checkout.fate !== 'paid') return;
  const at = run.operations.length * 100 + 30;
  run.audit.payments.push(
    payment(orderId, 'capture', totalCents, at),
    payment(orderId, 'void', totalCents, at),
  );
  look(run, checkout, index, [], 'paid');
}

function place(run: ModelRun, sold: Map<string, number>, checkout: ModelCheckout, index: number): void {
  const customer = `c-${index % 7}`;
  const key = `k-${index}`;
  const told = toldOf(checkout, index);
  const { lines, totalCents, orderId: id } = told;
  const [line] = lines as [(typeof lines)[number]];
  askFor(run, checkout, index);
  if (checkout.fate === 'never-arrived') return;

  const toldFirst = checkout.paidLater && checkout.fate !== 'expired' ? ['accepted'] : [];
  const path = ['pending', ...toldFirst, checkout.fate as string];
  if (checkout.paidLater && checkout.fate === 'failed')
    run.audit.payments.push({ ...payment(id, 'capture', 0), result: 'declined' });
  run.audit.keys.push(keyRow(customer, key, 'checkout', id));
  if (checkout.fate === 'paid') {
    run.audit.payments.push(payment(id, 'capture', totalCents));
    sold.set(line.sku, sold.get(line.sku)! + line.quantity);
    look(run, checkout, index, path.slice(0, -1), 'paid');
    review(run, checkout, index);
    cancel(run, sold, checkout, index, path);
    bringBack(run, sold, checkout, index, path);
  }
  const order: AuditOrder = { id, customer, key, status: path.at(-1)!, totalCents, lines };
  run.audit.orders.push(order);
  run.audit.transitions.push(...transitions(id, path));
  run.audit.events.push(
    ...path.map((status, at) => {
      return { orderId: id, sequence: at + 1, type: `order.${status}`, customer, status, totalCents };
    }),
  );
  const { status } = order;
  run.audit.projection.push({ orderId: id, customer, status, totalCents, lastSequence: path.length });
}

function review(run: ModelRun, checkout: ModelCheckout, index: number): void {
  if (checkout.review === 'no') return;
  const row = opinion(`c-${index % 7}`, `SKU-${checkout.sku}`, `v-${index}`);
  const before = run.audit.reviews.some(({ customer, sku }) => customer === row.customer && sku === row.sku);
  if (checkout.review === 'acknowledged') sendReview(run, row, `v-${index}`, before ? 'refused' : 'ok');
  else sendReview(run, row, `v-${index}`, 'unknown');
  if (!before && checkout.review !== 'unknown-lost') run.audit.reviews.push(row);
}

export function opinion(customer: string, sku: string, name: string): AuditReview {
  const words = { rating: 4, title: `${name} of ${sku}`, text: 'Holds water.' };
  return { id: `review ${name}`, customer, sku, ...words, bought: true };
}

/** One review and its end; the answer is as the shop's. */
export function sendReview(run: ModelRun, row: AuditReview, key: string, end: Result['type']): void {
  const { id: reviewId, customer, sku, rating, title, text } = row;
  const request = { customer, key, path: `/products/${sku}/reviews`, body: { rating, title, text } };
  send(run, 'review', request, end, { reviewId, sku, rating });
}

function cancel(
  run: ModelRun,
  sold: Map<string, number>,
  checkout: ModelCheckout,
  index: number,
  path: string[],
): void {
  if (checkout.cancel === 'no') return;
  const told = toldOf(checkout, index);
  const { orderId: id, totalCents } = told;
  const [line] = told.lines as [(typeof told.lines)[number]];
  const end = checkout.cancel === 'acknowledged' ? 'ok' : 'unknown';
  const customer = `c-${index % 7}`;
  const answer = { orderId: id, status: 'cancelled', refundedCents: totalCents };
  send(run, 'cancel', { customer, key: `x-${index}`, path: `/orders/${id}/cancel`, body: {} }, end, answer);
  if (checkout.cancel === 'unknown-lost') return;
  path.push('cancelled');
  run.audit.payments.push(payment(id, 'refund', totalCents));
  run.audit.keys.push(keyRow(customer, `x-${index}`, 'cancel', id));
  sold.set(line.sku, sold.get(line.sku)! - line.quantity);
  if (end === 'ok') look(run, checkout, index, path.slice(0, -1), 'cancelled');
}

function bringBack(
  run: ModelRun,
  sold: Map<string, number>,
  checkout: ModelCheckout,
  index: number,
  path: string[],
): void {
  if (checkout.cancel !== 'no') return;
  const { orderId: id, lines } = toldOf(checkout, index);
  const [line] = lines as [(typeof lines)[number]];
  const customer = `c-${index % 7}`;
  let left = line.quantity;
  for (const [number, { quantity, learns, applied }] of checkout.returns.entries()) {
    const key = `r-${index}-${number}`;
    const back = { sku: line.sku, quantity };
    const request = { customer, key, path: `/orders/${id}/returns`, body: { lines: [back] } };
    const fits = quantity <= left && (learns === 'answer' || applied);
    const cents = quantity * priceCents;
    if (fits) left -= quantity;
    const status = left === 0 ? 'returned' : 'part_returned';
    const answer = {
      orderId: id,
      status: 'refunded',
      orderStatus: status,
      refundedCents: cents,
      lines: [back],
    };
    send(run, 'return', request, learns === 'nothing' ? 'unknown' : fits ? 'ok' : 'refused', answer);
    if (!fits) continue;
    path.push(status);
    run.audit.returns.push(returned(id, key, [back], cents));
    run.audit.payments.push({ ...payment(id, 'refund', cents), key: `p-${key}` });
    run.audit.keys.push(keyRow(customer, key, 'return', id));
    sold.set(line.sku, sold.get(line.sku)! - quantity);
    if (learns === 'answer') look(run, checkout, index, path.slice(0, -1), status);
  }
}

/** The buyer looks at the order: as it is, or as it was before on a replica that says so. */
function look(
  run: ModelRun,
  { reads }: ModelCheckout,
  index: number,
  before: readonly string[],
  now: string,
): void {
  if (reads === 'none') return;
  show(run, index, now);
  const earlier = before.at(-1);
  if (reads === 'behind' && earlier !== undefined) show(run, index, earlier, 'pg-2');
}

/** One look at an order; `status` undefined: it is said not to be there. */
export function show(run: ModelRun, index: number, status: string | undefined, from?: string): void {
  const path = `/orders/o-${index}`;
  const response = { orderId: `o-${index}`, status };
  const request = { customer: `c-${index % 7}`, path, method: 'GET', write: false };
  send(run, 'order-status', request, status === undefined ? 'refused' : 'ok', response, {
    ...(status === undefined ? { status: 404, code: 'order-not-found' } : { status: 200 }),
    ...(from === undefined ? {} : { readFrom: from, stalenessMs: 120 }),
  });
}

/** A primary that is gone had answered so; whether anybody was told is the ledger's to say. */
export function divergedAt(node: string, { invoke }: Operation, body: unknown): DivergenceRecord {
  const { customer, key = '' } = invoke;
  const { orderId } = body as { readonly orderId: string };
  return { node, commits: 1, answers: [{ customer, key, status: 201, body, orderId }] };
}

export function payment(
  orderId: string,
  operation: AuditPayment['operation'],
  cents: number,
  at = 0,
): AuditPayment {
  const key = `p-${orderId}-${operation}`;
  return { key, orderId, operation, result: 'accepted', cents, at: new Date(at).toISOString() };
}

export function returned(
  orderId: string,
  key: string,
  lines: AuditReturn['lines'],
  cents: number,
): AuditReturn {
  return { id: `return of ${key}`, orderId, key, status: 'refunded', cents, lines };
}

export function transitions(orderId: string, path: readonly string[]): AuditTransition[] {
  return path.map((to, at) => ({ orderId, sequence: at + 1, from: path[at - 1] ?? null, to }));
}

function keyRow(customer: string, key: string, operation: string, orderId: string) {
  return { customer, key, operation, requestHash: `hash of ${key}`, orderId, answerStatus: 201 };
}

type Request = Pick<Invoke, 'customer' | 'path'> & Partial<Pick<Invoke, 'key' | 'body' | 'method' | 'write'>>;

/** Appends one request and its end to the ledger. */
export function send(
  run: ModelRun,
  operation: string,
  request: Request,
  type: Result['type'],
  response: unknown,
  more: Partial<Result> = {},
): void {
  const id = run.operations.length + 1;
  const at = id * 100;
  const status = type === 'ok' ? 201 : 402;
  run.operations.push({
    invoke: { type: 'invoke', id, at, due: at, operation, method: 'POST', write: true, ...request },
    result: {
      type,
      id,
      at: at + 20,
      latencyMs: 20,
      sli: type === 'ok' ? 'good' : type === 'refused' ? 'excluded' : 'bad',
      ...(type === 'unknown' ? { code: 'timeout' } : { status }),
      ...(type === 'ok' ? { response } : {}),
      ...more,
    },
  });
}
