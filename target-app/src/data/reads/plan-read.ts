import type { ReadPolicy } from './read-policies.ts';

/** What is known about a server that may be a replica. */
export interface ServerView {
  readonly name: string;
  /** It answered when it was last asked, and has let nobody down since. */
  readonly answers: boolean;
  /** It follows another server, when it was last asked; `undefined` when it has never answered. */
  readonly inRecovery: boolean | undefined;
  /** How far behind it can be now, milliseconds: never less than it is; for how long it was asked in vain, if it never answered. */
  readonly stalenessMs: number;
}

export interface ReadSituation {
  readonly servers: readonly ServerView[];
  readonly primaryAnswers: boolean;
  readonly limitMs: number;
  /** Counts up from read to read, so that the replicas take turns. */
  readonly turn: number;
}

export const primary = 'primary';

/** Pure: where to try a read, in this order. At most one attempt is made at a replica before the primary's. */
export function planRead(policy: ReadPolicy, situation: ReadSituation): readonly string[] {
  if (policy.from === 'primary') return [primary];
  const replicas = situation.servers.filter((server) => server.answers && server.inRecovery);
  const fresh = replicas.filter((server) => server.stalenessMs <= situation.limitMs);
  const first = fresh[situation.turn % Math.max(1, fresh.length)];
  const before = first === undefined ? [] : [first.name];
  if (policy.from === 'replica') return [...before, primary];
  const last = replicas.toSorted((a, b) => a.stalenessMs - b.stalenessMs).map((server) => server.name);
  const rest = last.filter((name) => name !== first?.name).slice(0, 1);
  // Who knows that the primary is away does not wait for it first.
  return situation.primaryAnswers ? [...before, primary, ...rest] : [...before, ...rest, primary];
}
