import { groupIntervalMs } from '@firedrill/alerts';
import {
  alertWindows,
  type BurningSpan,
  burningSpans,
  cadence,
  heldSpans,
  meanResolutionSeconds,
  type Slo,
  type WindowPair,
} from '@firedrill/slo';
import { pipelineOf } from './pipeline-of.ts';
import type { Run } from './run.ts';
import { eventsFor, historyOf } from './slo-events.ts';

/** When an alert that fired should end, ms since the epoch. */
export interface PredictedEnd {
  /** When the resolution should reach the receiver by the ledger's own events: they burn no more, it is held, it is told. */
  readonly resolutionMs: number | undefined;
  /** The same had the threshold been `nearThreshold` higher (`fromMs`) or lower (`toMs`): between them Prometheus may judge otherwise. Of pages only. */
  readonly rangeMs: { readonly fromMs: number; readonly toMs: number } | undefined;
}

/** What the ledger's own events say of an alert: all that can be known without Prometheus. */
export interface SeenByEvents {
  readonly firstBadMs: number | undefined;
  /** The moment at which they cross θ in both windows of `pair`. */
  readonly crossingMs: number | undefined;
  readonly pair: WindowPair | undefined;
  /** Of what was delivered at a moment, ms since the epoch. */
  readonly endOf: (deliveredMs: number) => PredictedEnd;
}

/**
 * How near to θ a ratio must be for Prometheus to see it on the other side: its windows hold whole scrapes. A slow leg at 1.0 θ that
 * goes on burning for a few seconds holds its page 20 s longer.
 */
const nearThreshold = 0.1;

/** Pure: from the injection on. */
export function seenByEvents(
  run: Run,
  slo: Slo,
  severity: 'page' | 'ticket',
  injectedMs: number,
): SeenByEvents {
  const { clock } = run.plan;
  const { keepFiringSeconds } = cadence[clock];
  const events = eventsFor(run, slo).toSorted((a, b) => a.timeMs - b.timeMs);
  const made = new Map<number, readonly BurningSpan[]>();
  /** At that share of θ; each worked out once, and only where it is asked for. */
  const spansAt = (share: number): readonly BurningSpan[] => {
    const known =
      made.get(share) ??
      burningSpans(events, {
        windows: alertWindows(clock),
        severity,
        errorBudget: slo.errorBudget * share,
        ...historyOf(run, slo),
        fromMs: injectedMs,
      });
    made.set(share, known);
    return known;
  };
  const spans = spansAt(1);
  const { scrapeSeconds, evaluationSeconds } = pipelineOf(clock);
  const toldMs = meanResolutionSeconds(pipelineOf(clock), groupIntervalMs / 1000) * 1000;

  const endIn = (some: readonly BurningSpan[], deliveredMs: number): number | undefined => {
    // Prometheus' windows end at scrapes: near θ it may see a crossing a moment before the events have it.
    const latestMs = deliveredMs + (scrapeSeconds + evaluationSeconds) * 1000;
    const held = heldSpans(some, keepFiringSeconds).findLast(({ fromMs }) => fromMs <= latestMs);
    const quietMs = held === undefined ? undefined : held.toMs - keepFiringSeconds * 1000;
    // What still burnt at the ledger's end has an end that nobody knows.
    return held === undefined || quietMs === events.at(-1)?.timeMs ? undefined : held.toMs + toldMs;
  };
  return {
    firstBadMs: events.find(({ outcome, timeMs }) => outcome === 'bad' && timeMs >= injectedMs)?.timeMs,
    crossingMs: spans[0]?.fromMs,
    pair: spans[0]?.pair,
    endOf: (deliveredMs) => {
      const resolutionMs = endIn(spans, deliveredMs);
      if (resolutionMs === undefined || severity !== 'page') return { resolutionMs, rangeMs: undefined };
      const fromMs = Math.min(resolutionMs, endIn(spansAt(1 + nearThreshold), deliveredMs) ?? resolutionMs);
      const toMs = Math.max(
        resolutionMs,
        endIn(spansAt(1 - nearThreshold), deliveredMs) ?? Number.POSITIVE_INFINITY,
      );
      return { resolutionMs, rangeMs: { fromMs, toMs } };
    },
  };
}
