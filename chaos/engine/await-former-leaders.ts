import { setTimeout as sleep } from 'node:timers/promises';
import { type LabState, readAwayLeaders } from '@firedrill/lab';

/**
 * Waits until whoever led before a failover is back among the others: what it has alone is listed on that way. The evidence says whom
 * nobody has waited for long enough.
 *
 * @returns one line with figures; `undefined` where nobody was away.
 */
export async function awaitFormerLeaders(
  lab: LabState,
  patienceMs: number,
  onFigure: (text: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  const started = performance.now();
  let awaited: readonly string[] = [];
  for (;;) {
    const away = await readAwayLeaders(lab);
    const elapsedMs = performance.now() - started;
    const seconds = (elapsedMs / 1000).toFixed(1);
    if (away.length === 0) {
      return awaited.length === 0
        ? undefined
        : `${awaited.join(', ')} back among the others after ${seconds} s`;
    }
    awaited = away;
    const text = `${away.join(', ')} led, and is not back among the others`;
    if (elapsedMs > patienceMs || signal.aborted) return `${text} after ${seconds} s`;
    onFigure(text);
    await sleep(500, undefined, { signal }).catch(() => {});
  }
}
