import type { Result } from '../../ledger/entry.ts';
import { isDefinite, type Operation } from '../../ledger/operations.ts';
import { Attempt } from './attempt.ts';
import type { KeyHistory } from './joined.ts';
import { KeyIndex } from './key-index.ts';
import { orderChanged } from './order-path.ts';
import { type OrderRead, orderReadOf } from './order-reads.ts';
import { added, none } from './rows.ts';

/** The ledger by what it is about. */
export interface History {
  /** Every keyed write. */
  readonly keys: Pick<KeyIndex, 'get' | 'getNext' | 'all'>;
  /** The checkouts among them. */
  readonly checkouts: readonly KeyHistory[];
  /** Those under which an order was to be cancelled, or goods given back. */
  readonly cancels: readonly KeyHistory[];
  readonly returns: readonly KeyHistory[];
  /** Keys under which a customer wrote of an article, by `reviewNameOf(customer, sku)`. */
  readonly reviews: ReadonlyMap<string, readonly KeyHistory[]>;
  /** What customers were shown of orders, in the order in which they asked. */
  readonly reads: readonly OrderRead[];
}

/** A customer and an article as one map key. */
export function reviewNameOf(customer: string, sku: string): string {
  return `${customer} ${sku}`;
}

/** Groups the ledger's writes by key, and takes what its reads tell of orders, in one pass. */
export function historyOf(operations: Iterable<Operation>): History {
  const keys = new KeyIndex();
  const checkouts: KeyHistory[] = [];
  const cancels: KeyHistory[] = [];
  const returns: KeyHistory[] = [];
  const reviews = new Map<string, KeyHistory[]>();
  const reads: OrderRead[] = [];
  for (const operation of operations) {
    const { invoke } = operation;
    if (!invoke.write) {
      const read = orderReadOf(operation);
      if (read !== undefined) reads.push(read);
      continue;
    }
    if (invoke.key === undefined && invoke.operation !== 'checkout') continue;
    const key = invoke.key ?? `no key, request ${invoke.id}`;
    let group = keys.get(invoke.customer, key);
    if (group === undefined) {
      group = newKey(invoke, key, keys.all.length);
      keys.add(group);
      if (invoke.operation === 'checkout') checkouts.push(group);
      else if (invoke.operation === 'cancel') cancels.push(group);
      else if (invoke.operation === 'return') returns.push(group);
      else if (invoke.operation === 'review') addTo(reviews, reviewedBy(invoke), group);
    }
    addAttempt(group, operation);
  }
  return { keys, checkouts, cancels, returns, reviews, reads };
}

function newKey({ customer, operation, path }: Operation['invoke'], key: string, place: number): KeyHistory {
  return {
    customer,
    key,
    operation,
    place,
    changes: operation === 'cancel' || operation === 'return' ? orderChanged(path) : undefined,
    attempts: none,
    acknowledged: undefined,
    refused: undefined,
    unknown: false,
    everUnknown: false,
    orders: none,
    rows: none,
  };
}

function addAttempt(group: KeyHistory, operation: Operation): void {
  const attempt = new Attempt(operation);
  group.attempts = added(group.attempts, attempt);
  if (attempt.outcome === 'ok') group.acknowledged ??= attempt;
  if (attempt.outcome === 'unknown') {
    group.everUnknown = true;
    group.unknown = group.acknowledged === undefined;
  } else if (settles(operation.result)) {
    group.unknown = false;
    if (attempt.outcome === 'refused') group.refused ??= attempt;
  }
}

/** A key's stored answer speaks for all its attempts; a key that was used for another request says nothing of it. */
function settles(result: Result | undefined): boolean {
  return isDefinite(result) && result.status !== 422;
}

const reviewPath = /^\/products\/([^/?]+)\/reviews$/;

function reviewedBy({ customer, path }: Operation['invoke']): string | undefined {
  const sku = reviewPath.exec(path)?.[1];
  return sku === undefined ? undefined : reviewNameOf(customer, sku);
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
