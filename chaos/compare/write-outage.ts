import type { Run } from '../checks/run.ts';
import type { Span } from './comparison-result.ts';
import { isBad } from './is-bad.ts';

/**
 * Pure: the longest time in which no user's write was acknowledged although somebody tried: from the last acknowledgement before to the
 * first one after. `null` where no write failed while the fault was in.
 */
export function writeOutage({ operations, times }: Pick<Run, 'operations' | 'times'>): Span | null {
  const { injectedMs, healedMs } = times;
  if (injectedMs === undefined || healedMs === undefined) return null;
  const writes = operations.filter(({ invoke }) => invoke.write && invoke.retryOf === undefined);
  const acknowledged = writes
    .flatMap(({ result }) => (result?.type === 'ok' ? [result.at] : []))
    .sort((a, b) => a - b);
  const failed = writes
    .filter(isBad)
    .map(({ invoke, result }) => ({ fromMs: invoke.due, toMs: result?.at ?? Infinity }));
  const gaps = [...acknowledged, Infinity].map((toMs, index) => {
    const fromMs = acknowledged[index - 1] ?? injectedMs;
    return { fromMs, toMs };
  });
  const [longest] = gaps
    .filter(({ fromMs, toMs }) => fromMs < healedMs && toMs > injectedMs)
    // By chance nobody may have tried for a while.
    .filter((gap) => failed.some(({ fromMs, toMs }) => fromMs < gap.toMs && toMs > gap.fromMs))
    .map(({ fromMs, toMs }) => ({ ms: Math.round(Math.min(toMs, healedMs) - fromMs), toMs }))
    .toSorted((a, b) => b.ms - a.ms);
  return longest === undefined ? null : { ms: longest.ms, healedByUs: longest.toMs > healedMs };
}
