import type { Database, Queries } from '../database.ts';
import type { Deadline } from '../deadline.ts';
import type { ReadOperation } from './read-policies.ts';

/** What a read found, and the answer's headers that say where. */
export interface ReadResult<T> {
  readonly value: T;
  /** `X-Read-From` and `X-Staleness-Ms` where a read may be stale, else none. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Does the shop's reads, each where its policy says. */
export interface ReadRouter {
  /** @param work statements of which each is its own transaction; it may be done again elsewhere. */
  read<T>(
    operation: ReadOperation,
    deadline: Deadline,
    work: (queries: Queries) => Promise<T>,
  ): Promise<ReadResult<T>>;
}

/** The router of a shop without replicas. */
export function primaryOnly(database: Database): ReadRouter {
  return {
    read: async (_operation, deadline, work) => ({ value: await database.read(deadline, work), headers: {} }),
  };
}
