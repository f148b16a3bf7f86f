import type { DivergenceRecord } from '../../evidence/divergences-piece.ts';
import type { StateMachine } from '../../target.ts';
import type { Books } from './books.ts';
import type { Finding } from './finding.ts';
import type { History } from './history.ts';
import type { Losses } from './losses.ts';

/** What an invariant looks at: what the client was told, what the databases and the provider say, read after heal. */
export interface IntegrityInput {
  readonly history: History;
  readonly books: Books;
  readonly states: StateMachine;
  /** Unknowns were retried or waited for until nothing moved any more: every order must rest. */
  readonly settled: boolean;
  /** What a 2xx means depends on it: see docs/levels.md. */
  readonly level: number;
  /** What only primaries of before a failover have. */
  readonly divergences: readonly DivergenceRecord[];
  /** What promotions took with them, within what the level promises. */
  readonly losses: Losses;
}

export interface InvariantResult {
  readonly invariant: number;
  /** What must hold, as in docs: `an acknowledged order exists exactly once`. */
  readonly promise: string;
  /** How many orders, keys or SKUs were looked at. */
  readonly examined: number;
  readonly violations: readonly Finding[];
  readonly unresolved: readonly Finding[];
  /** Would break the promise at another level; this one's admits it. Counted and shown, no violation. */
  readonly admitted: readonly Finding[];
}

/** Pure and linear in the number of operations and rows. */
export type Invariant = (input: IntegrityInput) => InvariantResult;

export function verdictOf(result: InvariantResult): 'pass' | 'fail' | 'inconclusive' {
  if (result.violations.length > 0) return 'fail';
  return result.unresolved.length > 0 ? 'inconclusive' : 'pass';
}
