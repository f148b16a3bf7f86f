/** A run of `docs/results/<date>-abort.json`. */
export interface AbortRun {
  /** What stopped it. */
  readonly by: string;
  /** From the moment at which the reason arose to the last effect undone and read back, ms; null where none was in. */
  readonly toHealedMs: number | null;
  /** The run's exit code: 3 when it was aborted. */
  readonly exitCode: number;
  readonly evidence: boolean;
}

export interface AbortFigures {
  readonly runs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
}

/** Pure: by what stopped it, and `all`; p99 of fewer than a hundred runs is the worst of them. */
export function abortFigures(runs: readonly AbortRun[]): ReadonlyMap<string, AbortFigures> {
  const groups = new Map<string, readonly AbortRun[]>([...Map.groupBy(runs, ({ by }) => by), ['all', runs]]);
  return new Map(
    [...groups].map(([by, own]) => {
      const sorted = own.flatMap(({ toHealedMs }) => toHealedMs ?? []).sort((a, b) => a - b);
      const at = (share: number): number =>
        sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
      return [by, { runs: own.length, p50Ms: at(0.5), p99Ms: at(0.99), worstMs: at(1) }];
    }),
  );
}
