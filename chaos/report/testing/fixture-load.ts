import type { Invoke, LedgerEntry, Result } from '../../ledger/entry.ts';
import type { AuditOrder, AuditPayment, AuditSnapshot } from '../../target.ts';

/** ms since the epoch: the start of every made-up run. */
export const fixtureStart = Date.parse('2026-11-23T02:00:00.000Z');
export const loadFromMs = fixtureStart + 9_000;
export const injectedMs = loadFromMs + 60_000;
export const healedMs = injectedMs + 30_000;
export const loadToMs = loadFromMs + 150_000;

const mix = [
  ['browse', 0.3],
  ['search', 0.1],
  ['product', 0.2],
  ['cart', 0.1],
  ['checkout', 0.2],
  ['order-status', 0.1],
] as const;

/** A made-up load of 10 RPS on a database that vanishes for 30 s, with the books that a good shop would have. */
export interface FixtureLoad {
  readonly entries: LedgerEntry[];
  readonly audit: { -readonly [K in keyof AuditSnapshot]: AuditSnapshot[K][number][] };
}

/** Pure: the same for the same seed. @param whole nothing vanishes. */
export function fixtureLoad(seed: number, whole = false): FixtureLoad {
  const random = mulberry(seed);
  const entries: LedgerEntry[] = [];
  const orders: AuditOrder[] = [];
  const payments: AuditPayment[] = [];
  const unknown: Invoke[] = [];
  let id = 0;
  for (let due = loadFromMs; due < loadToMs; due += 100 + (random() - 0.5) * 40) {
    const at = Math.round(due);
    const operation = pick(random());
    const customer = `c-${1 + Math.floor(random() * 40)}`;
    const write = operation === 'checkout' || operation === 'cart';
    const invoke: Invoke = {
      type: 'invoke',
      id: ++id,
      at,
      due: at,
      operation,
      customer,
      write,
      method: write ? 'POST' : 'GET',
      path: operation === 'checkout' ? '/orders' : `/${operation}`,
      ...(operation === 'checkout'
        ? { key: `k-${id}`, body: { lines: [{ sku: 'SKU-7', quantity: 1 }] } }
        : {}),
    };
    const broken = !whole && at >= injectedMs - 200 * random() && at < healedMs && random() < 0.97;
    const latencyMs = broken ? 805 + random() * 60 : 6 + random() * 18 + (operation === 'checkout' ? 20 : 0);
    entries.push(invoke, resultOf(invoke, latencyMs, broken, order(invoke)));
    if (operation !== 'checkout') continue;
    if (broken) unknown.push(invoke);
    else place(invoke);
  }
  for (const [index, first] of unknown.entries()) {
    // The settling asks every second one again; of the others every third had arrived after all.
    if (index % 2 === 0) {
      const at = loadToMs + 500 + index * 10;
      const retry: Invoke = { ...first, id: ++id, at, due: at, retryOf: first.id };
      entries.push(retry, resultOf(retry, 30, false, order(first)));
      place(first);
    } else if (index % 3 === 0) place(first);
  }
  return { entries: entries.sort((a, b) => a.at - b.at || a.id - b.id), audit: books() };

  function place(invoke: Invoke): void {
    const { orderId, ...rest } = order(invoke);
    orders.push({ id: orderId, customer: invoke.customer, key: invoke.key!, ...rest });
    payments.push({
      key: `p-${orderId}`,
      orderId,
      operation: 'capture',
      result: 'accepted',
      cents: 1_250,
      at: new Date(invoke.at + 10).toISOString(),
    });
  }

  function books(): FixtureLoad['audit'] {
    const path = (orderId: string) => [
      { orderId, sequence: 1, from: null, to: 'held' },
      { orderId, sequence: 2, from: 'held', to: 'paid' },
    ];
    return {
      orders,
      transitions: orders.flatMap((row) => path(row.id)),
      events: orders.flatMap((row) =>
        path(row.id).map(({ orderId, sequence, to }) => {
          const { customer, totalCents } = row;
          return { orderId, sequence, type: `order.${to}`, customer, status: to, totalCents };
        }),
      ),
      stock: [{ sku: 'SKU-7', seeded: 10_000, available: 10_000 - orders.length, held: 0 }],
      keys: orders.map(({ customer, key, id: orderId }) => ({
        customer,
        key,
        operation: 'checkout',
        requestHash: key,
        orderId,
        answerStatus: 201,
      })),
      payments,
      returns: [],
      reviews: [],
      projection: orders.map(({ id: orderId, customer, status, totalCents }) => ({
        orderId,
        customer,
        status,
        totalCents,
        lastSequence: 2,
      })),
    };
  }
}

function order(invoke: Invoke) {
  const lines = [{ sku: 'SKU-7', quantity: 1, unitCents: 1_250 }];
  return { orderId: `o-${invoke.key}`, status: 'paid', totalCents: 1_250, lines };
}

function resultOf(invoke: Invoke, latencyMs: number, broken: boolean, response: unknown): LedgerEntry {
  const end: Pick<Result, 'id' | 'at' | 'latencyMs' | 'traceId'> = {
    id: invoke.id,
    at: Math.round(invoke.at + latencyMs),
    latencyMs: Number(latencyMs.toFixed(2)),
    traceId: invoke.id.toString(16).padStart(32, '0'),
  };
  if (broken) return { type: 'unknown', ...end, sli: 'bad', status: 503, code: 'database-unavailable' };
  const answer = invoke.operation === 'checkout' ? { status: 201, response } : { status: 200 };
  return { type: 'ok', ...end, sli: 'good', ...answer };
}

function pick(random: number): string {
  let left = random;
  for (const [operation, share] of mix) {
    left -= share;
    if (left < 0) return operation;
  }
  return 'browse';
}

/** A small seeded generator (mulberry32). */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
