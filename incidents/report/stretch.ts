import type { SloEvent } from '@firedrill/slo';
import type { Span } from './facts.ts';

/** As a run's budget is split: ten good seconds in a row are the end of it. */
const quietMs = 10_000;

/**
 * Pure: the time around a moment in which something kept failing, with less than ten seconds between two bad events; `undefined` where nothing
 * failed near it.
 */
export function stretchAround(events: readonly SloEvent[], atMs: number): Span | undefined {
  const bad = events
    .filter(({ outcome }) => outcome === 'bad')
    .map(({ timeMs }) => timeMs)
    .sort((a, b) => a - b);
  const stretches: { fromMs: number; toMs: number }[] = [];
  for (const ms of bad) {
    const last = stretches.at(-1);
    if (last !== undefined && ms - last.toMs < quietMs) last.toMs = ms;
    else stretches.push({ fromMs: ms, toMs: ms });
  }
  const found = stretches.findLast(({ fromMs, toMs }) => fromMs <= atMs && toMs + quietMs >= atMs - quietMs);
  if (found === undefined) return undefined;
  const lastMs = events.reduce((last, { timeMs }) => Math.max(last, timeMs), 0);
  return { fromMs: found.fromMs, toMs: lastMs - found.toMs < quietMs ? undefined : found.toMs };
}

/** Pure: from the first begin to the last end; open where one of them is. */
export function spanOf(spans: readonly Span[]): Span | undefined {
  if (spans.length === 0) return undefined;
  const last = Math.max(...spans.map(({ toMs }) => toMs ?? Infinity));
  return {
    fromMs: Math.min(...spans.map(({ fromMs }) => fromMs)),
    toMs: Number.isFinite(last) ? last : undefined,
  };
}
