import { threshold } from '../burn-rate/threshold.ts';
import type { AlertWindows, Severity, WindowPair } from '../windows.ts';
import { SlidingRatio } from './sliding-ratio.ts';
import type { SloEvent } from './slo-event.ts';

export interface BurningOptions {
  readonly windows: AlertWindows;
  readonly severity: Severity;
  readonly errorBudget: number;
  /**
   * Good events per second before the first event: the quiet history that a lab is loaded with, and that its windows reach
   * back into (`eventRate(slo, level, 'labRps')`). With 0 the windows are young and cross too early.
   */
  readonly historyPerSecond: number;
  /**
   * When that history ended, ms; without it, at the first event. Between the start of a lab and its first request nobody asked
   * anything: 12 s of that in a window of 6 minutes are 3 % of it.
   */
  readonly historyToMs?: number;
  /** Looks only from here on, ms; e.g. the injection. The windows still reach back. */
  readonly fromMs?: number;
}

/** A time in which an alert's expression was true by the events themselves, ms in their epoch. */
export interface BurningSpan {
  readonly fromMs: number;
  /** The first moment at which no leg burnt any more; the last event's where one still did. */
  readonly toMs: number;
  /** The leg that crossed θ first. */
  readonly pair: WindowPair;
  /** The leg that burnt last. */
  readonly heldBy: WindowPair;
}

/**
 * When the legs of one severity burnt, in their order. Where the first span begins, the events themselves cross θ in both windows:
 * the best detection that any alerting on these windows could reach. Compare a measured page with this and not with the nominal
 * error ratio: at 2 requests/s the draw alone moves it by tens of seconds. Where the last ends, the alert may begin to resolve.
 */
export function burningSpans(events: readonly SloEvent[], options: BurningOptions): readonly BurningSpan[] {
  const { severity, errorBudget, historyPerSecond, historyToMs, fromMs = Number.NEGATIVE_INFINITY } = options;
  const sorted = events.toSorted((a, b) => a.timeMs - b.timeMs);
  const legs = options.windows.pairs
    .filter((pair) => pair.severity === severity)
    .map((pair) => ({
      pair,
      limit: threshold(pair, errorBudget),
      windows: [pair.shortSeconds, pair.longSeconds].map(
        (seconds) => new SlidingRatio(sorted, seconds * 1000, historyPerSecond, historyToMs),
      ),
    }));
  const reachesMs = legs.flatMap(({ pair }) => [pair.shortSeconds * 1000, pair.longSeconds * 1000]);
  const spans: { fromMs: number; toMs: number; pair: WindowPair; heldBy: WindowPair }[] = [];
  let open: (typeof spans)[number] | undefined;
  for (const atMs of momentsOf(sorted, [...new Set(reachesMs)], historyPerSecond > 0)) {
    if (atMs < fromMs) continue;
    const burning = legs.filter(({ windows, limit }) => windows.every((window) => window.at(atMs) > limit));
    const [first, last] = [burning[0]?.pair, burning.at(-1)?.pair];
    if (open !== undefined) open.toMs = atMs;
    if (first === undefined || last === undefined) open = undefined;
    else if (open !== undefined) open.heldBy = last;
    else {
      open = { fromMs: atMs, toMs: atMs, pair: first, heldBy: last };
      spans.push(open);
    }
  }
  return spans;
}

/**
 * The same as an alert that is held for a while after its expression went quiet (`keep_firing_for`): what begins again within
 * that time goes on, and each ends that much later.
 */
export function heldSpans(spans: readonly BurningSpan[], keepFiringSeconds: number): readonly BurningSpan[] {
  const keepMs = keepFiringSeconds * 1000;
  const held: BurningSpan[] = [];
  for (const span of spans) {
    const last = held.at(-1);
    const goesOn = last !== undefined && span.fromMs <= last.toMs;
    if (goesOn) held.pop();
    held.push({ ...(goesOn ? last : span), toMs: span.toMs + keepMs, heldBy: span.heldBy });
  }
  return held;
}

/** Where a ratio can change, ascending: events come in, events leave, the made-up history leaves tenth by tenth of a second. */
function momentsOf(
  sorted: readonly SloEvent[],
  reachesMs: readonly number[],
  hasHistory: boolean,
): readonly number[] {
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const moments = sorted.flatMap(({ timeMs }) => [timeMs, ...reachesMs.map((reachMs) => timeMs + reachMs)]);
  const seamMs = hasHistory ? Math.min(first.timeMs + Math.max(...reachesMs), last.timeMs) : 0;
  for (let atMs = first.timeMs; atMs <= seamMs; atMs += 100) moments.push(atMs);
  return moments.filter((atMs) => atMs <= last.timeMs).sort((a, b) => a - b);
}
