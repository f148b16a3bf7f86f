import { threshold } from '../burn-rate/threshold.ts';
import type { AlertWindows, Severity, WindowPair } from '../windows.ts';
import { SlidingRatio } from './sliding-ratio.ts';
import type { SloEvent } from './slo-event.ts';

export interface CrossingOptions {
  readonly windows: AlertWindows;
  readonly severity: Severity;
  readonly errorBudget: number;
  /**
   * Good events per second before the first event: the quiet history that a lab is loaded with, and that its windows reach
   * back into (`eventRate(slo, level, 'labRps')`). With 0 the windows are young and cross too early.
   */
  readonly historyPerSecond: number;
  /** Looks only from here on, ms; e.g. the injection. The windows still reach back. */
  readonly fromMs?: number;
}

export interface Crossing {
  /** The first moment at which both windows of `pair` exceed θ, ms in the events' epoch. */
  readonly atMs: number;
  readonly pair: WindowPair;
}

/**
 * The best detection that any alerting on these windows could reach: the moment at which the events themselves cross θ.
 * Compare a measured page with this and not with the nominal error ratio: at 2 requests/s the draw alone moves it by tens
 * of seconds. `undefined` when they never cross.
 */
export function crossing(events: readonly SloEvent[], options: CrossingOptions): Crossing | undefined {
  const sorted = [...events].sort((a, b) => a.timeMs - b.timeMs);
  let first: Crossing | undefined;
  for (const pair of options.windows.pairs) {
    if (pair.severity !== options.severity) continue;
    const atMs = legCrossing(sorted, pair, options);
    if (atMs !== undefined && (first === undefined || atMs < first.atMs)) first = { atMs, pair };
  }
  return first;
}

function legCrossing(
  sorted: readonly SloEvent[],
  pair: WindowPair,
  options: CrossingOptions,
): number | undefined {
  const { historyPerSecond, fromMs = Number.NEGATIVE_INFINITY } = options;
  const limit = threshold(pair, options.errorBudget);
  const windows = [pair.shortSeconds, pair.longSeconds].map(
    (seconds) => new SlidingRatio(sorted, seconds * 1000, historyPerSecond),
  );
  const burning = (atMs: number): boolean => windows.every((window) => window.at(atMs) > limit);
  // A ratio rises when an error enters and when a good event leaves: only there can it cross.
  const moments = sorted.flatMap((event) =>
    event.outcome === 'bad'
      ? [event.timeMs]
      : [event.timeMs + pair.shortSeconds * 1000, event.timeMs + pair.longSeconds * 1000],
  );
  if (fromMs !== Number.NEGATIVE_INFINITY) moments.push(fromMs);
  // The made-up history leaves little by little, so while it does, every whole tenth of a second counts too.
  const firstMs = sorted[0]?.timeMs;
  if (historyPerSecond > 0 && firstMs !== undefined) {
    const lastMs = Math.min(firstMs + pair.longSeconds * 1000, sorted.at(-1)!.timeMs);
    for (let atMs = firstMs; atMs <= lastMs; atMs += 100) moments.push(atMs);
  }
  moments.sort((a, b) => a - b);
  const lastMs = sorted.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY;
  return moments.find((atMs) => atMs >= fromMs && atMs <= lastMs && burning(atMs));
}
