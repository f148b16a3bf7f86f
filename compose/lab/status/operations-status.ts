import { type Operations, runningRelease } from '../levers/operations.ts';

/** What operators have set, without any key. */
export interface OperationsStatus {
  readonly release: string;
  /** The releases that ran before it, the latest first: where a rollback leads. */
  readonly before: readonly string[];
  readonly readOnly: boolean;
  readonly paymentFallback: boolean;
  readonly shedShare: number;
  readonly drained: readonly string[];
}

/** Pure. */
export function operationsStatus(operations: Operations): OperationsStatus {
  const { readOnly, paymentFallback, shedShare, drained, releases } = operations;
  const before = releases.slice(0, -1).toReversed();
  return { release: runningRelease(operations), before, readOnly, paymentFallback, shedShare, drained };
}

/** Pure: as one line. */
export function describeOperations(status: OperationsStatus): string {
  const { release, before, readOnly, paymentFallback, shedShare, drained } = status;
  return [
    `release ${release}${before[0] === undefined ? '' : ` (before it ${before[0]})`}`,
    ...(readOnly ? ['READ-ONLY'] : []),
    ...(paymentFallback ? ['PAYMENT FALLBACK'] : []),
    ...(shedShare > 0 ? [`SHEDDING ${Math.round(100 * shedShare)} %`] : []),
    ...(drained.length > 0 ? [`OUT OF THE EDGE: ${drained.join(', ')}`] : []),
  ].join(', ');
}
