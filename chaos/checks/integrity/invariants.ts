import type { DivergenceRecord } from '../../evidence/divergences-piece.ts';
import type { Operation } from '../../ledger/operations.ts';
import type { AuditSnapshot, StateMachine } from '../../target.ts';
import { acknowledgedOrders } from './01-acknowledged.ts';
import { unknownOrders } from './02-unknown.ts';
import { nothingElse } from './03-nothing-else.ts';
import { sameKey } from './04-same-key.ts';
import { money } from './05-money.ts';
import { stock } from './06-stock.ts';
import { returns } from './07-returns.ts';
import { statusPath } from './08-status-path.ts';
import { events } from './09-events.ts';
import { sessions } from './10-sessions.ts';
import { divergent } from './11-divergent.ts';
import { reviews } from './13-reviews.ts';
import { type Books, booksOf } from './books.ts';
import { type History, historyOf } from './history.ts';
import type { Invariant, InvariantResult } from './invariant.ts';
import { type Losses, lossesOf } from './losses.ts';
import type { Promotion } from './promotions.ts';

const invariants: readonly Invariant[] = [
  acknowledgedOrders,
  unknownOrders,
  nothingElse,
  sameKey,
  money,
  stock,
  returns,
  statusPath,
  events,
  sessions,
  divergent,
  reviews,
];

export interface CheckRequest {
  readonly operations: Iterable<Operation>;
  readonly audit: AuditSnapshot;
  readonly states: StateMachine;
  /** Unknowns were retried or waited for until nothing moved any more. */
  readonly settled: boolean;
  readonly level: number;
  /** Of this run, oldest first. */
  readonly promotions?: readonly Promotion[];
  readonly divergences?: readonly DivergenceRecord[];
  /** Orders in the audit that an earlier run made. */
  readonly earlier?: ReadonlySet<string>;
}

export interface Checked {
  readonly results: readonly InvariantResult[];
  readonly history: History;
  readonly books: Books;
  /** Acknowledged, and taken by a promotion within what the level promises. */
  readonly losses: Losses;
}

/** Holds the ledger against the books, invariant by invariant. Pure and linear. */
export function checkInvariants(request: CheckRequest): Checked {
  const { states, settled, level, promotions = [], divergences = [] } = request;
  const history = historyOf(request.operations);
  const books = booksOf(request.audit, history, request.earlier);
  const losses = lossesOf({ history, books, states, level, promotions });
  const input = { history, books, states, settled, level, losses, divergences };
  return { results: invariants.map((invariant) => invariant(input)), history, books, losses };
}
