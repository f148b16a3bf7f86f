import type { Comparison, Figures, RowResult } from '../comparison-result.ts';

/** What a level whose writes are down until the heal would come to. */
export const downUntilHeal: Figures = {
  writeOutage: { ms: 120_412, healedByUs: true },
  requests: 1800,
  failedRequests: 1160,
  fullOutageSeconds: 119.5,
  percentOf30d: 0.461,
  page: 'CheckoutAvailability',
  pagedMs: 10_680,
  yardstickPageMs: 10_700,
  recovery: { ms: 120_000, healedByUs: true },
  acknowledged: 210,
  lost: 0,
  lostInPromise: 0,
  duplicated: 0,
  levers: [],
};

export const madeRow = (level: number, changes: Partial<RowResult> = {}): RowResult => ({
  row: String(level),
  level,
  answered: 'nobody',
  objective: 99.5,
  verdict: 'pass',
  problems: [],
  run: `run-${level}`,
  figures: downUntilHeal,
  seconds: 270,
  commit: 'c0ffee',
  ...changes,
});

/** Level 3 twice, level 4 by itself; nobody ran it. */
export const madeComparison: Comparison = {
  key: 'compare-0a1b2c3d',
  experiment: 'partition-primary',
  title: 'The database behind a black hole',
  seed: 1,
  rps: 10,
  holdMs: 120_000,
  yardstick: { slo: 'checkout-availability', objective: 99 },
  heldLongEnough: true,
  rows: [
    madeRow(1, { objective: 99 }),
    madeRow(3),
    madeRow(3, {
      row: '3+runbook',
      answered: 'runbook',
      figures: {
        ...downUntilHeal,
        writeOutage: { ms: 31_240, healedByUs: false },
        recovery: { ms: 31_310, healedByUs: false },
        lostInPromise: 2,
        levers: [{ words: 'promote pg-2', doneMs: 30_900 }],
      },
    }),
    madeRow(4, {
      objective: 99.8,
      figures: {
        ...downUntilHeal,
        writeOutage: { ms: 21_930, healedByUs: false },
        recovery: null,
        page: null,
        pagedMs: null,
        yardstickPageMs: null,
      },
    }),
  ],
};
