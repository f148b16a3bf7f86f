import { threshold } from '../burn-rate/threshold.ts';
import { type AlertWindows, alertWindows, type Severity, type WindowPair } from '../windows.ts';

/** The events of one second. */
export interface SecondCount {
  readonly good: number;
  readonly bad: number;
}

export interface ReplayOptions {
  readonly errorBudget: number;
  /** Good events per second in the quiet days before; the series' own mean rate by default. */
  readonly quietPerSecond?: number;
  /** How many quiet days come before: as long as the longest window by default, 3 days. */
  readonly quietDays?: number;
  /** The production windows by default. */
  readonly windows?: AlertWindows;
}

export interface LegVerdict {
  readonly pair: WindowPair;
  /** θ as an error ratio. */
  readonly threshold: number;
  /** Seconds from the start of the series to the end of the first second in which both windows exceed θ. */
  readonly firesAtSecond?: number;
  /** The largest min(short, long) ÷ θ that was reached: over 1 it fires. */
  readonly peakOfThreshold: number;
}

export interface SeverityVerdict {
  readonly fires: boolean;
  /** The leg that fires first. */
  readonly pair?: WindowPair;
  readonly atSecond?: number;
  /** How near the nearest leg came: over 1 it fires. */
  readonly peakOfThreshold: number;
}

export interface ProductionReplay {
  readonly wouldPage: boolean;
  readonly wouldTicket: boolean;
  readonly page: SeverityVerdict;
  readonly ticket: SeverityVerdict;
  readonly legs: readonly LegVerdict[];
  /** What the series' errors are of the whole period's budget at the quiet rate, percent. */
  readonly budgetSpentPercent: number;
}

/**
 * What the 30-day alerts would have said to this series after three quiet days: the same ratios that Prometheus would
 * compute from counters, as plain sums. `replay.lab.test.ts` holds it equal to promtool on the real rules.
 */
export function replayOnProduction(series: readonly SecondCount[], options: ReplayOptions): ProductionReplay {
  const windows = options.windows ?? alertWindows('production');
  const total = series.reduce((sum, second) => sum + second.good + second.bad, 0);
  const quiet = options.quietPerSecond ?? (series.length === 0 ? 0 : total / series.length);
  const quietSeconds = (options.quietDays ?? 3) * 86_400;
  const bad = prefixSums(series.map((second) => second.bad));
  const all = prefixSums(series.map((second) => second.good + second.bad));

  const ratio = (end: number, windowSeconds: number): number => {
    const start = Math.max(0, end - windowSeconds);
    const history = Math.min(quietSeconds, Math.max(0, windowSeconds - end)) * quiet;
    const events = all[end]! - all[start]! + history;
    return events === 0 ? 0 : (bad[end]! - bad[start]!) / events;
  };

  const legs = windows.pairs.map((pair): LegVerdict => {
    const limit = threshold(pair, options.errorBudget);
    let peak = 0;
    let firesAtSecond: number | undefined;
    for (let end = 1; end <= series.length; end++) {
      const nearest = Math.min(ratio(end, pair.shortSeconds), ratio(end, pair.longSeconds));
      peak = Math.max(peak, nearest / limit);
      if (firesAtSecond === undefined && nearest > limit) firesAtSecond = end;
    }
    return {
      pair,
      threshold: limit,
      peakOfThreshold: peak,
      ...(firesAtSecond === undefined ? {} : { firesAtSecond }),
    };
  });

  const page = verdictOf(legs, 'page');
  const ticket = verdictOf(legs, 'ticket');
  const budgetEvents = quiet * windows.periodSeconds * options.errorBudget;
  const badEvents = bad[series.length]!;
  const budgetSpentPercent = badEvents === 0 ? 0 : (100 * badEvents) / budgetEvents;
  return { wouldPage: page.fires, wouldTicket: ticket.fires, page, ticket, legs, budgetSpentPercent };
}

function verdictOf(legs: readonly LegVerdict[], severity: Severity): SeverityVerdict {
  const own = legs.filter((leg) => leg.pair.severity === severity);
  const peakOfThreshold = Math.max(0, ...own.map((leg) => leg.peakOfThreshold));
  const first = own
    .filter((leg) => leg.firesAtSecond !== undefined)
    .sort((a, b) => a.firesAtSecond! - b.firesAtSecond!)[0];
  if (first === undefined) return { fires: false, peakOfThreshold };
  return { fires: true, pair: first.pair, atSecond: first.firesAtSecond!, peakOfThreshold };
}

/** sums[n] is the sum of the first n. */
function prefixSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (const [index, value] of values.entries()) sums[index + 1] = sums[index]! + value;
  return sums;
}
