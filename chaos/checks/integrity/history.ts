import type { Result } from '../../ledger/entry.ts';
import { isDefinite, type Operation } from '../../ledger/operations.ts';
import { type OrderAnswer, orderAnswer } from './answer.ts';

export type Outcome = 'ok' | 'refused' | 'unknown';

export interface Attempt {
  readonly id: number;
  /** When the answer came, ms since the epoch. */
  readonly at: number;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  readonly requestBody: unknown;
  /** The answer's body as it came. */
  readonly response: unknown;
  readonly answer: OrderAnswer | undefined;
}

/** All attempts that one customer made under one idempotency key. */
export interface KeyHistory {
  readonly customer: string;
  readonly key: string;
  readonly attempts: Attempt[];
  /** The first acknowledged answer. */
  acknowledged: Attempt | undefined;
  /** Some attempt may or may not have happened, and no later one with this key was told for certain. */
  unknown: boolean;
  /** Some attempt ended without an answer, whatever was learnt later. */
  everUnknown: boolean;
}

/** All attempts to cancel one order. */
export interface CancelHistory {
  readonly order: string;
  acknowledged: boolean;
  unknown: boolean;
  refused: boolean;
}

/** The ledger by what it is about. */
export interface History {
  /** By `keyOf(customer, key)`, in the order of the first attempt. */
  readonly checkouts: ReadonlyMap<string, KeyHistory>;
  /** By order id. */
  readonly cancels: ReadonlyMap<string, CancelHistory>;
}

/** A customer and a key as one map key. */
export function keyOf(customer: string, key: string): string {
  return `${customer} ${key}`;
}

const cancelPath = /^\/orders\/([^/?]+)\/cancel$/;

/** Groups the ledger's checkouts by key and its cancels by order, in one pass. */
export function historyOf(operations: Iterable<Operation>): History {
  const checkouts = new Map<string, KeyHistory>();
  const cancels = new Map<string, CancelHistory>();
  for (const operation of operations) {
    if (operation.invoke.operation === 'checkout') addCheckout(checkouts, operation);
    else if (operation.invoke.operation === 'cancel') addCancel(cancels, operation);
  }
  return { checkouts, cancels };
}

function addCheckout(checkouts: Map<string, KeyHistory>, { invoke, result }: Operation): void {
  const key = invoke.key ?? `no key, request ${invoke.id}`;
  const name = keyOf(invoke.customer, key);
  let group = checkouts.get(name);
  if (group === undefined) {
    group = {
      customer: invoke.customer,
      key,
      attempts: [],
      acknowledged: undefined,
      unknown: false,
      everUnknown: false,
    };
    checkouts.set(name, group);
  }
  const outcome = result?.type ?? 'unknown';
  const attempt: Attempt = {
    id: invoke.id,
    at: result?.at ?? invoke.at,
    outcome,
    status: result?.status,
    requestBody: invoke.body,
    response: result?.response,
    answer: outcome === 'ok' ? orderAnswer(result?.response) : undefined,
  };
  group.attempts.push(attempt);
  if (outcome === 'ok') group.acknowledged ??= attempt;
  if (outcome === 'unknown') {
    group.everUnknown = true;
    group.unknown = group.acknowledged === undefined;
  } else if (settles(result)) group.unknown = false;
}

/** A key's stored answer speaks for all its attempts; a 422 only says that this body was another. */
function settles(result: Result | undefined): boolean {
  return isDefinite(result) && result.status !== 422;
}

function addCancel(cancels: Map<string, CancelHistory>, { invoke, result }: Operation): void {
  const order = cancelPath.exec(invoke.path)?.[1];
  if (order === undefined) return;
  let group = cancels.get(order);
  if (group === undefined) {
    group = { order, acknowledged: false, unknown: false, refused: false };
    cancels.set(order, group);
  }
  const outcome = result?.type ?? 'unknown';
  if (outcome === 'ok') group.acknowledged = true;
  else if (outcome === 'refused') group.refused = true;
  else group.unknown = true;
}
