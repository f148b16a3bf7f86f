import type { LoadProgress } from '../load/protocol.ts';

interface Counts {
  readonly sent: number;
  readonly good: number;
  readonly bad: number;
}

const sum = (byOperation: Readonly<Record<string, Counts>>): Counts =>
  Object.values(byOperation).reduce(
    (all, one) => ({ sent: all.sent + one.sent, good: all.good + one.good, bad: all.bad + one.bad }),
    { sent: 0, good: 0, bad: 0 },
  );

/** Bad answers since the start, all operations. */
export const badSoFar = (progress: LoadProgress): number => sum(progress.total).bad;

/** Bad ÷ (good + bad) of one operation since the start; `undefined` without an answer. */
export function errorRatio(progress: LoadProgress, operation: string): number | undefined {
  const counts = progress.total[operation];
  if (counts === undefined || counts.good + counts.bad === 0) return undefined;
  return counts.bad / (counts.good + counts.bad);
}

/** `9.8 RPS, errors 0.0 %`: the last second, in words. */
export function describeLoad(progress: LoadProgress): string {
  const { sent, good, bad } = sum(progress.lastSecond);
  const errors = good + bad === 0 ? 'no answers' : `errors ${((100 * bad) / (good + bad)).toFixed(0)} %`;
  return `${sent} RPS, ${errors}, in flight ${progress.inFlight}`;
}
