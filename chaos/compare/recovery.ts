import type { Run } from '../checks/run.ts';
import type { Operation } from '../ledger/operations.ts';
import type { Span } from './comparison-result.ts';
import { isBad } from './is-bad.ts';

/** Users are hurt while of those who come in so long a time more than this share fails; as experiments say "served again". */
const windowMs = 5_000;
const hurtAbove = 0.05;
/** One who fails may have failed by chance. */
const hurtFrom = 2;
const everyMs = 1_000;

/**
 * Pure: from the injection to the first good answer after which users are no longer hurt while the fault is in. `null` where they never
 * were.
 */
export function recovery({ operations, times }: Pick<Run, 'operations' | 'times'>): Span | null {
  const { injectedMs, healedMs } = times;
  if (injectedMs === undefined || healedMs === undefined) return null;
  const counted = operations
    .filter(({ invoke, result }) => invoke.retryOf === undefined && result?.sli !== 'excluded')
    .toSorted((a, b) => a.invoke.due - b.invoke.due);
  const during = counted.filter(({ invoke }) => invoke.due >= injectedMs && invoke.due < healedMs);
  const lastHurt = lastHurtIn(during, injectedMs, healedMs);
  if (lastHurt === undefined) return null;
  // Others may be served all the while: it is whoever asks for the same.
  const served = counted
    .filter(({ invoke }) => invoke.operation === lastHurt.operation && invoke.due > lastHurt.due)
    .flatMap((one) => (isBad(one) ? [] : [one.result?.at ?? Infinity]));
  const atMs = Math.min(Infinity, ...served);
  return { ms: Math.round(Math.min(atMs, healedMs) - injectedMs), healedByUs: atMs > healedMs };
}

/**
 * Of the last window in which users were hurt, the last failure of what failed most often: what is asked for seldom may be served again
 * long before anybody asks for it.
 */
function lastHurtIn(
  during: readonly Operation[],
  fromMs: number,
  toMs: number,
): Operation['invoke'] | undefined {
  let last: Operation['invoke'] | undefined;
  for (let atMs = fromMs; atMs + windowMs <= toMs + everyMs; atMs += everyMs) {
    const window = during.filter(({ invoke }) => invoke.due >= atMs && invoke.due < atMs + windowMs);
    const bad = window.filter(isBad);
    if (bad.length < hurtFrom || bad.length <= hurtAbove * window.length) continue;
    const failures = Map.groupBy(bad, ({ invoke }) => invoke.operation);
    const most = Math.max(...[...failures.values()].map(({ length }) => length));
    last = bad.findLast(({ invoke }) => failures.get(invoke.operation)?.length === most)?.invoke;
  }
  return last;
}
