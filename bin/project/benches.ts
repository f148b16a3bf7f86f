/** A measurement that takes minutes and is never part of the tests. */
export interface Bench {
  readonly name: string;
  /** One line: what it measures, and about how long it takes. */
  readonly summary: string;
  /** The script that measures and writes `docs/results/<date>-<name>.json`, from the checkout's folder. */
  readonly script: string;
}

export const benches: readonly Bench[] = [
  {
    name: 'runs',
    summary: 'every experiment of level 1 over some seeds (3): predicted and measured; 25 minutes',
    script: 'bin/project/bench-runs.ts',
  },
];
