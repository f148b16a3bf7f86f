/** The topologies that the shop's promises are tested on. */
export const benchLevels = [1, 2, 3, 4] as const;
export type BenchLevel = (typeof benchLevels)[number];
const everyLevel = Boolean(process.env['FIREDRILL_EVERY_LEVEL']);
/**
 * The least of them, and the one that has all that the others have: for what takes long and asks the same of each. `pnpm test:full` sets
 * FIREDRILL_EVERY_LEVEL, and takes them all.
 */
export const outerBenchLevels: readonly BenchLevel[] = everyLevel ? benchLevels : [1, 4];
/** The one that has all that the others have: for what takes longest, as every crash waits for leases to end. All of them, too, in full. */
export const fullestBenchLevels: readonly BenchLevel[] = everyLevel ? benchLevels : [4];

/** As the shop cuts its orders by default. */
export const benchPartitions = { lengthMs: 3_600_000, ahead: 3 } as const;

/** Servers that a test needs. */
export interface ServersWanted {
  readonly standbys: number;
  /** Of which one must have a commit before it is acknowledged. */
  readonly synchronous: boolean;
}

/** Levels whose servers are alike share them. */
export function serversOf(level: BenchLevel): ServersWanted {
  return { standbys: level >= 3 ? 2 : 0, synchronous: level >= 4 };
}
