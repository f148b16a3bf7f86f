import { sloCatalogue } from '@firedrill/slo';
import { describe, expect, it } from 'vitest';
import type { AlertNotification, JournalEvent } from '../journal/event.ts';
import { checkResolution } from './resolution.ts';
import type { Run } from './run.ts';
import { seenByEvents } from './seen-by-events.ts';
import { madeRun, type Outage } from './testing/made-run.ts';
import { incidentFigures } from './verdict-figures.ts';

const slo = sloCatalogue(1).find(({ name }) => name === 'checkout-availability')!;
const injectedMs = 100_000;
const endMs = 700_000;

const told = (status: 'firing' | 'resolved', atMs: number): JournalEvent => {
  const at = new Date(atMs).toISOString();
  const notification: AlertNotification = {
    ...{ alert: slo.alert, severity: 'page', slo: slo.id, status },
    ...{ startsAt: at, receivedAt: at, fingerprint: 'f' },
  };
  return { seq: 0, at, type: 'notification', notification };
};

const runOf = (outages: readonly Outage[], historyToMs?: number, events: readonly JournalEvent[] = []): Run =>
  madeRun({ endMs, outages, injectedMs, historyToMs, events });

/** When the first outage has left every window. */
const laterMs = 400_000;
const twice: readonly Outage[] = [
  [injectedMs, injectedMs + 20_000],
  [injectedMs + laterMs, injectedMs + laterMs + 20_000],
];
// 5 s × (1 − 0.144) until the quick leg no longer burns, 10 s that hold the page, half a second until it is told.
const afterOutageMs = 20_000 + 4_280 + 10_000 + 500;

describe('the end that the events predict', () => {
  it('is that of the time in which the alert was open', () => {
    const { endOf } = seenByEvents(runOf(twice), slo, 'page', injectedMs);
    const ends = [10_000, laterMs + 10_000].map((ms) => endOf(injectedMs + ms).resolutionMs! - injectedMs);
    expect(Math.abs(ends[0]! - afterOutageMs)).toBeLessThan(1000);
    expect(Math.abs(ends[1]! - laterMs - afterOutageMs)).toBeLessThan(1000);
  });

  it('is nobody’s before the injection, and unknown where the ledger ends in the fire', () => {
    const { endOf } = seenByEvents(runOf([[680_000, endMs]]), slo, 'page', injectedMs);
    expect(endOf(injectedMs - 5000)).toEqual({ resolutionMs: undefined, rangeMs: undefined });
    expect(endOf(695_000).resolutionMs).toBeUndefined();
  });
});

describe('a page that came twice', () => {
  const open = (...times: readonly (readonly [number, number])[]): readonly JournalEvent[] =>
    times.flatMap(([from, to]) => [told('firing', injectedMs + from), told('resolved', injectedMs + to)]);
  const asPredicted = [9_500, afterOutageMs] as const;
  const again = [laterMs + 9_500, laterMs + afterOutageMs] as const;

  it('makes two incidents, each with its own predicted end', () => {
    const figures = incidentFigures(runOf(twice, undefined, open(asPredicted, again)));
    expect(figures).toHaveLength(2);
    for (const { resolvedMs, predictedResolvedMs } of figures)
      expect(Math.abs(predictedResolvedMs! - resolvedMs!)).toBeLessThan(1000);
  });

  it('has to end in time each time', () => {
    const verdict = (first: readonly [number, number]) =>
      checkResolution(runOf(twice, undefined, open(first, again))).verdict;
    expect(verdict(asPredicted)).toBe('pass');
    expect(verdict([9_500, 9_500 + 60_000])).toBe('fail');
  });
});

it('the crossing counts nobody between the end of the quiet history and the first request', () => {
  // One of eight fails: over θ of the slow leg alone, which looks six minutes back.
  const crossing = (historyToMs: number | undefined): number => {
    const run = runOf([], historyToMs);
    const operations = run.operations.map((one, index) =>
      one.invoke.at >= injectedMs && index % 8 === 0
        ? { ...one, result: { ...one.result!, sli: 'bad' as const } }
        : one,
    );
    return (seenByEvents({ ...run, operations }, slo, 'page', injectedMs).crossingMs! - injectedMs) / 1000;
  };
  expect(Math.abs(crossing(undefined) - (0.06 * 360) / 0.125)).toBeLessThan(4);
  expect(Math.abs(crossing(-100_000) - (0.06 * (360 - 100)) / 0.125)).toBeLessThan(4);
});
