import { FiredrillError } from '@firedrill/errors';
import type { Invoke, LedgerEntry, Result } from './entry.ts';

/** One request and what became of it; no result: the client ended before it knew, which is as good as unknown. */
export interface Operation {
  readonly invoke: Invoke;
  readonly result: Result | undefined;
}

/** All attempts at one write: the same customer and idempotency key. A write without a key has one attempt. */
export interface WriteHistory {
  readonly customer: string;
  readonly key: string | undefined;
  readonly operation: string;
  /** In the order in which they were sent; the first is the user's, the others are settle's. */
  readonly attempts: readonly Operation[];
  /** `ok`: acknowledged at least once. `refused`: a definite no. `unknown`: it may or may not have happened. */
  readonly state: Result['type'];
  /** The acknowledgement, or the refusal; none while unknown. */
  readonly answer: Result | undefined;
}

/**
 * Pairs each invoke with its result, in the order of the invokes. Linear.
 * @throws {FiredrillError} `invalid-data` for a second invoke of an id, or a result without or after another
 */
export function foldOperations(entries: Iterable<LedgerEntry>): Operation[] {
  const invokes: Invoke[] = [];
  const results: (Result | undefined)[] = [];
  const slots = new Map<number, number>();
  for (const entry of entries) {
    const slot = slots.get(entry.id);
    if (entry.type === 'invoke') {
      if (slot !== undefined) throw broken(entry.id, 'is invoked twice');
      slots.set(entry.id, invokes.length);
      invokes.push(entry);
      results.push(undefined);
    } else {
      if (slot === undefined) throw broken(entry.id, 'has a result but was never invoked');
      if (results[slot] !== undefined) throw broken(entry.id, 'has two results');
      results[slot] = entry;
    }
  }
  return invokes.map((invoke, slot) => ({ invoke, result: results[slot] }));
}

/** Groups the writes by customer and key, in the order of their first attempts. Linear. */
export function foldWrites(operations: Iterable<Operation>): WriteHistory[] {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const { write, key, customer, id } = operation.invoke;
    if (!write) continue;
    const name = key === undefined ? `#${id}` : JSON.stringify([customer, key]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [operation]);
    else group.push(operation);
  }
  return [...groups.values()].map(historyOf);
}

/**
 * Whether an answer says for certain what became of the write, earlier attempts with its key included. A rate limit (429) or a
 * server's 408 speaks only of its own attempt.
 */
export function isDefinite(result: Result | undefined): result is Result {
  if (result === undefined || result.type === 'unknown') return false;
  return result.type === 'ok' || (result.status !== 429 && result.status !== 408);
}

function historyOf(attempts: readonly Operation[]): WriteHistory {
  const results = attempts.map((attempt) => attempt.result);
  const { customer, key, operation } = (attempts[0] as Operation).invoke;
  const definite = results.filter(isDefinite);
  // One attempt only: its own refusal is the whole story, whatever the status.
  const alone = attempts.length === 1 && results[0]?.type === 'refused' ? results[0] : undefined;
  const answer = definite.find((result) => result.type === 'ok') ?? definite.at(-1) ?? alone;
  return { customer, key, operation, attempts, state: answer?.type ?? 'unknown', answer };
}

function broken(id: number, what: string): FiredrillError {
  return new FiredrillError('invalid-data', `the ledger contradicts itself: request ${id} ${what}`);
}
