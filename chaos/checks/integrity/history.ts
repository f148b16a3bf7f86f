import type { Result } from '../../ledger/entry.ts';
import { isDefinite, type Operation } from '../../ledger/operations.ts';
import type { AuditKey, AuditOrder } from '../../target.ts';
import { type OrderAnswer, orderAnswer } from './answer.ts';
import { addRead, type OrderRead } from './order-reads.ts';

export type Outcome = 'ok' | 'refused' | 'unknown';

export interface Attempt {
  readonly id: number;
  /** When it was sent, and when the answer came; ms since the epoch. */
  readonly sentAt: number;
  readonly at: number;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  /** The problem's code, or the transport's. */
  readonly code: string | undefined;
  readonly operation: string;
  readonly path: string;
  readonly requestBody: unknown;
  /** The answer's body as it came. */
  readonly response: unknown;
  /** Of a checkout that was acknowledged. */
  readonly answer: OrderAnswer | undefined;
}

/** All attempts that one customer made under one idempotency key, and what the books hold under it. */
export interface KeyHistory {
  readonly customer: string;
  readonly key: string;
  /** Of the first attempt; the others must be the same. */
  readonly operation: string;
  attempts: readonly Attempt[];
  /** The first acknowledged answer. */
  acknowledged: Attempt | undefined;
  /** The first definite no. */
  refused: Attempt | undefined;
  /** Some attempt may or may not have happened, and no later one with this key was told for certain. */
  unknown: boolean;
  /** Some attempt ended without an answer, whatever was learnt later. */
  everUnknown: boolean;
  /** Of the books, once `booksOf` has joined them: looked up once, and not by every invariant. */
  orders: readonly AuditOrder[];
  rows: readonly AuditKey[];
}

/** The ledger by what it is about. */
export interface History {
  /** Every keyed write, by `keyOf(customer, key)`, in the order of the first attempt. */
  readonly keys: ReadonlyMap<string, KeyHistory>;
  /** The checkouts among them. */
  readonly checkouts: readonly KeyHistory[];
  /** Keys under which an order was to be cancelled, or goods given back, by order id. */
  readonly cancels: ReadonlyMap<string, readonly KeyHistory[]>;
  readonly returns: ReadonlyMap<string, readonly KeyHistory[]>;
  /** Keys under which a customer wrote of an article, by `keyOf(customer, sku)`. */
  readonly reviews: ReadonlyMap<string, readonly KeyHistory[]>;
  /** What customers were shown of an order, by order id, in the order in which they asked. */
  readonly reads: ReadonlyMap<string, readonly OrderRead[]>;
}

/** A customer and a key as one map key. */
export function keyOf(customer: string, key: string): string {
  return `${customer} ${key}`;
}

/** Groups the ledger's writes by key and its reads by order, in one pass. */
export function historyOf(operations: Iterable<Operation>): History {
  const keys = new Map<string, KeyHistory>();
  const checkouts: KeyHistory[] = [];
  const cancels = new Map<string, KeyHistory[]>();
  const returns = new Map<string, KeyHistory[]>();
  const reviews = new Map<string, KeyHistory[]>();
  const reads = new Map<string, OrderRead[]>();
  for (const operation of operations) {
    const { invoke } = operation;
    if (!invoke.write) {
      addRead(reads, operation);
      continue;
    }
    if (invoke.key === undefined && invoke.operation !== 'checkout') continue;
    const key = invoke.key ?? `no key, request ${invoke.id}`;
    const name = keyOf(invoke.customer, key);
    let group = keys.get(name);
    if (group === undefined) {
      group = newKey(invoke.customer, key, invoke.operation);
      keys.set(name, group);
      if (invoke.operation === 'checkout') checkouts.push(group);
      else if (invoke.operation === 'cancel') addTo(cancels, orderOf(invoke.path), group);
      else if (invoke.operation === 'return') addTo(returns, orderOf(invoke.path), group);
      else if (invoke.operation === 'review') addTo(reviews, reviewedBy(invoke), group);
    }
    addAttempt(group, operation);
  }
  return { keys, checkouts, cancels, returns, reviews, reads };
}

/** Shared by all that have none: most have none of most things, and there may be a million. */
export const none: readonly never[] = [];

/** Appends. Most lists end with one or two rows: an array that grows by itself would make room for seventeen. */
export function added<T>(rows: readonly T[], row: T): readonly T[] {
  if (rows.length === 0) return [row];
  if (rows.length === 1) return [rows[0]!, row];
  (rows as T[]).push(row);
  return rows;
}

function newKey(customer: string, key: string, operation: string): KeyHistory {
  return {
    customer,
    key,
    operation,
    attempts: none,
    acknowledged: undefined,
    refused: undefined,
    unknown: false,
    everUnknown: false,
    orders: none,
    rows: none,
  };
}

function addAttempt(group: KeyHistory, { invoke, result }: Operation): void {
  const outcome = result?.type ?? 'unknown';
  const attempt: Attempt = {
    id: invoke.id,
    sentAt: invoke.at,
    at: result?.at ?? invoke.at,
    outcome,
    status: result?.status,
    code: result?.code,
    operation: invoke.operation,
    path: invoke.path,
    requestBody: invoke.body,
    response: result?.response,
    answer: outcome === 'ok' && invoke.operation === 'checkout' ? orderAnswer(result?.response) : undefined,
  };
  group.attempts = added(group.attempts, attempt);
  if (outcome === 'ok') group.acknowledged ??= attempt;
  if (outcome === 'unknown') {
    group.everUnknown = true;
    group.unknown = group.acknowledged === undefined;
  } else if (settles(result)) {
    group.unknown = false;
    if (outcome === 'refused') group.refused ??= attempt;
  }
}

/** A key's stored answer speaks for all its attempts; a key that was used for another request says nothing of it. */
function settles(result: Result | undefined): boolean {
  return isDefinite(result) && result.status !== 422;
}

const orderPath = /^\/orders\/([^/?]+)/;

/** The order that a request's path names. */
export function orderOf(path: string): string | undefined {
  return orderPath.exec(path)?.[1];
}

const reviewPath = /^\/products\/([^/?]+)\/reviews$/;

function reviewedBy({ customer, path }: Operation['invoke']): string | undefined {
  const sku = reviewPath.exec(path)?.[1];
  return sku === undefined ? undefined : keyOf(customer, sku);
}

function addTo(groups: Map<string, KeyHistory[]>, name: string | undefined, key: KeyHistory): void {
  if (name === undefined) return;
  const group = groups.get(name);
  if (group === undefined) groups.set(name, [key]);
  else group.push(key);
}

/** Was something asked for at all, and what do its customers know of it? */
export function acknowledgedIn(keys: readonly KeyHistory[] | undefined): boolean {
  return keys?.some((key) => key.acknowledged !== undefined) ?? false;
}

/** Nobody knows whether it took effect. */
export function unknownIn(keys: readonly KeyHistory[] | undefined): boolean {
  return keys?.some((key) => key.unknown) ?? false;
}
