import { describe, expect, it } from 'vitest';
import { threshold } from '../burn-rate/threshold.ts';
import { levelsWithSlos, type Slo, sloCatalogue } from '../catalogue.ts';
import { clocks } from '../clock.ts';
import { alertWindows, type WindowPair } from '../windows.ts';
import { busyBefore } from './case-counters.ts';
import { type LegCase, legCases } from './leg-cases.ts';

const cells = levelsWithSlos().flatMap((level) => clocks.map((clock) => [level, clock] as const));

/** The error ratio over the last seconds, as plain sums: the traffic before the case's long window was so many times as much. */
function ratioOver(seconds: number, { pair, faults }: LegCase, slo: Slo): number {
  const { errorRatio, lastedSeconds, endedSecondsAgo } = faults.get(slo)!;
  const faulty = Math.max(0, Math.min(seconds, endedSecondsAgo + lastedSeconds) - endedSecondsAgo);
  const all = seconds + (busyBefore - 1) * Math.max(0, seconds - pair.longSeconds);
  return (errorRatio * faulty) / all;
}

describe.each(cells)('the cases of level %i, %s', (level, clock) => {
  const { pairs, ...windows } = alertWindows(clock);
  const slos = sloCatalogue(level);
  const cases = legCases(slos, { ...windows, pairs }, 0.5);

  it('are six for each SLO and each pair of windows', () => {
    for (const slo of slos) {
      for (const pair of pairs) {
        const own = cases.filter((one) => one.pair === pair && one.faults.has(slo));
        expect(own.map(({ fires }) => fires)).toEqual([false, true, false, true, true, false]);
      }
    }
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it('fire by their own leg alone: no other of the severity would say the same', () => {
    for (const one of cases) {
      for (const slo of one.faults.keys()) {
        const burns = (pair: WindowPair): boolean =>
          [pair.shortSeconds, pair.longSeconds].every(
            (seconds) => ratioOver(seconds, one, slo) > threshold(pair, slo.errorBudget),
          );
        const burning = pairs.filter((pair) => pair.severity === one.pair.severity && burns(pair));
        expect(burning, `${one.name}: ${slo.name}`).toEqual(one.fires ? [one.pair] : []);
      }
    }
  });

  it('let every operation fire once', () => {
    for (const slo of slos) {
      const used = cases
        .filter(({ fires, faults }) => fires && faults.has(slo))
        .map(({ turn }) => slo.operations[turn % slo.operations.length]);
      expect(new Set(used)).toEqual(new Set(slo.operations));
    }
  });
});

it('SLOs that would disturb each other are apart', () => {
  const [checkout] = sloCatalogue(1);
  const other = { ...checkout!, name: 'other', operations: ['cart', 'checkout'] };
  const slow = { ...checkout!, name: 'slow', kind: 'latency' as const };
  const together = (slos: readonly Slo[], errorBudget: number) =>
    legCases(
      slos.map((slo) => ({ ...slo, errorBudget })),
      alertWindows('drill'),
      0.5,
    )
      .slice(0, 12)
      .map(({ faults }) => [...faults.keys()].map(({ name }) => name).join('+'));
  expect(new Set(together([checkout!, other], 0.01))).toEqual(new Set(['checkout-availability', 'other']));
  expect(new Set(together([checkout!, slow], 0.01))).toEqual(new Set(['checkout-availability+slow']));
  // Each over half of the requests: they do not fit into one traffic.
  expect(new Set(together([checkout!, slow], 0.02))).toEqual(new Set(['checkout-availability', 'slow']));
});
