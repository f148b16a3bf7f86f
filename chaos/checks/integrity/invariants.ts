import type { Operation } from '../../ledger/operations.ts';
import type { AuditSnapshot, StateMachine } from '../../target.ts';
import { acknowledgedOrders } from './01-acknowledged.ts';
import { unknownOrders } from './02-unknown.ts';
import { nothingElse } from './03-nothing-else.ts';
import { sameKey } from './04-same-key.ts';
import { money } from './05-money.ts';
import { stock } from './06-stock.ts';
import { statusPath } from './08-status-path.ts';
import { events } from './09-events.ts';
import { booksOf } from './books.ts';
import { historyOf } from './history.ts';
import type { Invariant, InvariantResult } from './invariant.ts';

const invariants: readonly Invariant[] = [
  acknowledgedOrders,
  unknownOrders,
  nothingElse,
  sameKey,
  money,
  stock,
  statusPath,
  events,
];

/** Holds the ledger against the books, invariant by invariant. */
export function checkInvariants(
  operations: Iterable<Operation>,
  audit: AuditSnapshot,
  states: StateMachine,
  settled: boolean,
): InvariantResult[] {
  const input = { history: historyOf(operations), books: booksOf(audit), states, settled };
  return invariants.map((invariant) => invariant(input));
}
