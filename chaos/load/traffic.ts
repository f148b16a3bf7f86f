/** From a moment on so many times the usual rate; ms from the start of the load. */
export interface TrafficChange {
  readonly fromMs: number;
  readonly factor: number;
}

/**
 * Pure: when an arrival comes that at the usual rate would come after `usualMs`: later while less comes, sooner while more does,
 * never (Infinity) when nothing comes any more. Until the first change it is the same moment.
 */
export function offsetUnder(changes: readonly TrafficChange[], usualMs: number): number {
  let fromMs = 0;
  let factor = 1;
  let left = usualMs;
  for (const change of changes) {
    const meanwhile = (change.fromMs - fromMs) * factor;
    if (left < meanwhile) break;
    left -= meanwhile;
    ({ fromMs, factor } = change);
  }
  return factor === 0 ? Number.POSITIVE_INFINITY : fromMs + left / factor;
}
