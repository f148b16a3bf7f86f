/** From the first moment to the last, which is not in it; ms since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface PartitionSituation {
  /** Where the last partition ends, ms since the epoch. */
  readonly until: number;
  /** By the database's clock. */
  readonly now: number;
  /** The time that one partition holds, ms. Each ends at a multiple of it. */
  readonly lengthMs: number;
  /** Whole partitions that must be there behind the one of now. */
  readonly ahead: number;
}

/** Pure: the partitions that are due, oldest first. Those that nobody made while they were due become one. */
export function duePartitions({ until, now, lengthMs, ahead }: PartitionSituation): readonly TimeRange[] {
  const endOf = (moment: number) => (Math.floor(moment / lengthMs) + 1) * lengthMs;
  const wanted = endOf(now) + ahead * lengthMs;
  const due: TimeRange[] = [];
  for (let from = until; from < wanted; ) {
    const to = Math.max(endOf(from), endOf(now));
    due.push({ from, to });
    from = to;
  }
  return due;
}
