import type { Invoke, Result } from '../../../ledger/entry.ts';
import type { Operation } from '../../../ledger/operations.ts';
import type {
  AuditOrder,
  AuditPayment,
  AuditSnapshot,
  AuditTransition,
  StateMachine,
} from '../../../target.ts';

/** A small shop's state machine, enough for the checker. */
export const modelStates: StateMachine = {
  initial: ['pending'],
  next: { pending: ['paid', 'failed', 'expired'], paid: ['cancelled'] },
  terminal: ['paid', 'failed', 'expired', 'cancelled'],
  paid: ['paid'],
};

/** What one buyer does and what the client gets to know of it. */
export interface ModelCheckout {
  readonly quantity: number;
  readonly sku: number;
  /** What the shop does in the end. */
  readonly fate: 'paid' | 'failed' | 'expired' | 'never-arrived';
  /** What the client learns from each attempt, the last one last. */
  readonly learns: readonly ('answer' | 'nothing')[];
  readonly cancel: 'no' | 'acknowledged' | 'unknown-applied' | 'unknown-lost';
}

/** The ledger and the books of a run, open to corruption. */
export interface ModelRun {
  readonly operations: Operation[];
  readonly audit: { -readonly [K in keyof AuditSnapshot]: AuditSnapshot[K][number][] };
}

const priceCents = 250;
const seededUnits = 10_000;

/** A shop that keeps every promise, run over the given checkouts. */
export function modelRun(checkouts: readonly ModelCheckout[]): ModelRun {
  const run: ModelRun = {
    operations: [],
    audit: { orders: [], transitions: [], events: [], stock: [], keys: [], payments: [] },
  };
  const sold = new Map<string, number>();
  for (let sku = 0; sku < 3; sku++) sold.set(`SKU-${sku}`, 0);
  for (const [index, checkout] of checkouts.entries()) place(run, sold, checkout, index);
  for (const [sku, units] of sold) {
    run.audit.stock.push({ sku, seeded: seededUnits, available: seededUnits - units, held: 0 });
  }
  return run;
}

function place(run: ModelRun, sold: Map<string, number>, checkout: ModelCheckout, index: number): void {
  const customer = `c-${index % 7}`;
  const key = `k-${index}`;
  const line = { sku: `SKU-${checkout.sku}`, quantity: checkout.quantity };
  const told = {
    orderId: `o-${index}`,
    status: 'paid',
    totalCents: line.quantity * priceCents,
    lines: [{ ...line, unitCents: priceCents }],
  };
  for (const learns of checkout.learns) {
    const end = learns === 'nothing' ? 'unknown' : checkout.fate === 'paid' ? 'ok' : 'refused';
    send(run, 'checkout', { customer, key, path: '/orders', body: { lines: [line] } }, end, told);
  }
  if (checkout.fate === 'never-arrived') return;

  const cancelled = checkout.fate === 'paid' && ['acknowledged', 'unknown-applied'].includes(checkout.cancel);
  const path = ['pending', checkout.fate, ...(cancelled ? ['cancelled'] : [])];
  const { lines, totalCents, orderId: id } = told;
  const order: AuditOrder = { id, customer, key, status: path.at(-1)!, totalCents, lines };
  run.audit.orders.push(order);
  run.audit.transitions.push(...transitions(id, path));
  run.audit.events.push(...path.map((type, at) => ({ orderId: id, sequence: at + 1, type })));
  run.audit.keys.push({ customer, key, requestHash: `hash of ${key}`, orderId: id, answerStatus: 201 });
  if (checkout.fate !== 'paid') return;

  run.audit.payments.push(payment(id, 'capture', totalCents));
  if (cancelled) run.audit.payments.push(payment(id, 'refund', totalCents));
  else sold.set(line.sku, sold.get(line.sku)! + line.quantity);
  if (checkout.cancel === 'no') return;
  const end = checkout.cancel === 'acknowledged' ? 'ok' : 'unknown';
  send(run, 'cancel', { customer, key: `x-${index}`, path: `/orders/${id}/cancel` }, end, {
    ...told,
    status: 'cancelled',
  });
}

export function payment(orderId: string, operation: AuditPayment['operation'], cents: number): AuditPayment {
  return { key: `p-${orderId}-${operation}`, orderId, operation, result: 'accepted', cents };
}

export function transitions(orderId: string, path: readonly string[]): AuditTransition[] {
  return path.map((to, at) => ({ orderId, sequence: at + 1, from: path[at - 1] ?? null, to }));
}

type Request = Pick<Invoke, 'customer' | 'key' | 'path' | 'body'>;

/** Appends one request and its end to the ledger. */
export function send(
  run: ModelRun,
  operation: string,
  request: Request,
  type: Result['type'],
  response: unknown,
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
    },
  });
}
