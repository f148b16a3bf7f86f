import type { Plan } from '../journal/event.ts';
import type { Operation } from '../ledger/operations.ts';

export type Measure = Plan['hypotheses'][number]['measure'];

/** What users felt: counts of the SLI's outcomes and latencies of everything that counts, failures included. */
export interface Felt {
  readonly good: number;
  readonly bad: number;
  readonly excluded: number;
  readonly unanswered: number;
  /** bad / (good + bad); undefined when nothing counts. */
  readonly errorRatio: number | undefined;
  readonly p50Ms: number | undefined;
  readonly p99Ms: number | undefined;
}

/** `*` is every operation. */
export function feltBy(operations: readonly Operation[], operation: string): Felt {
  const counts = { good: 0, bad: 0, excluded: 0, unanswered: 0 };
  const latencies: number[] = [];
  for (const { invoke, result } of operations) {
    if (operation !== '*' && invoke.operation !== operation) continue;
    counts[result?.sli ?? 'unanswered'] += 1;
    if (result !== undefined && result.sli !== 'excluded') latencies.push(result.latencyMs);
  }
  latencies.sort((a, b) => a - b);
  const valid = counts.good + counts.bad;
  return {
    ...counts,
    errorRatio: valid === 0 ? undefined : counts.bad / valid,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

/** The smallest value that at least the share `q` of the sorted values does not exceed. */
export function quantile(sorted: readonly number[], q: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
