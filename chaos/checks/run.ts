import type { Piece } from '../evidence/piece.ts';
import type { JournalEvent, Plan } from '../journal/event.ts';
import type { Operation } from '../ledger/operations.ts';
import type { RunTimes } from './run-times.ts';

/** A run as its folder tells it. Everything that is judged or reported comes from here. */
export interface Run {
  readonly id: string;
  readonly dir: string;
  readonly target: string;
  /** The commit that ran, when it was known. */
  readonly commit: string | undefined;
  readonly plan: Plan;
  /** The journal up to the phase `check`: what came later (the report itself, the teardown) is no evidence. */
  readonly events: readonly JournalEvent[];
  readonly times: RunTimes;
  /** In the order in which they were sent; empty when the ledger could not be read. */
  readonly operations: readonly Operation[];
  readonly evidence: ReadonlyMap<string, Piece>;
  /** What of the run could not be read. */
  readonly missing: readonly string[];
}

/** The events of one type, in their order. */
export function eventsOf<T extends JournalEvent['type']>(
  run: Pick<Run, 'events'>,
  type: T,
): Extract<JournalEvent, { type: T }>[] {
  return run.events.filter((event): event is Extract<JournalEvent, { type: T }> => event.type === type);
}
