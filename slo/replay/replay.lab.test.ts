import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictedDetection } from '../burn-rate/detection.ts';
import { type Slo, sloCatalogue } from '../catalogue.ts';
import { generatedRulesFile } from '../generated.ts';
import { promtoolComplaint } from '../rule-tests/promtool.ts';
import { rulesUnderTest } from '../rule-tests/rules-under-test.ts';
import { alertWindows, type Severity } from '../windows.ts';
import { replayOnProduction, type SecondCount } from './production.ts';
import { type ReplayCase, replayTests } from './replay-tests.ts';

const slos = sloCatalogue(1);
const rules = rulesUnderTest(generatedRulesFile(1, 'production'), 'production', slos);
const sloNamed = (name: string): Slo => slos.find((slo) => slo.name === name)!;
const checkout = sloNamed('checkout-availability');
const quietPerSecond = 2;

const complaint = (slo: Slo, cases: readonly ReplayCase[]): Promise<string> =>
  promtoolComplaint(replayTests(rules, slo, quietPerSecond, cases));
const replay = ({ errorBudget }: Slo, series: readonly SecondCount[]) =>
  replayOnProduction(series, { errorBudget, quietPerSecond });

const steady = (seconds: number, errorRatio: number, perSecond = 2): SecondCount[] =>
  Array.from({ length: seconds }, () => ({
    good: perSecond * (1 - errorRatio),
    bad: perSecond * errorRatio,
  }));

/** Around the second at which the replay says that an alert fires: so many seconds later it does, and so many earlier not. */
function edge(slo: Slo, severity: Severity, series: readonly SecondCount[], seconds: number): ReplayCase[] {
  const { atSecond, pair } = replay(slo, series)[severity];
  if (atSecond === undefined) throw new Error(`no ${severity}`);
  const until = (end: number): SecondCount[] => series.slice(0, end);
  const leg = `${severity} ${pair?.speed} at ${atSecond} s`;
  return [
    { name: `${leg}: before`, series: until(atSecond - 1 - seconds), severity, fires: false },
    { name: `${leg}: then`, series: until(atSecond + seconds), severity, fires: true },
  ];
}

describe('the replay agrees with promtool on the real production rules', () => {
  // Ratios that cross between two seconds: on a tie the last digit of a sum of floats would decide.
  const legs = [
    ['page quick', 'page', 1],
    ['page slow', 'page', 0.107],
    ['ticket quick', 'ticket', 0.053],
    ['ticket slow', 'ticket', 0.023],
  ] as const;

  // Prometheus extrapolates a histogram's counts by the second before a window's first scrape, errors and all.
  it.each([
    ['checkout-availability', 0],
    ['browse-latency', 1],
  ])('at the edge of each leg: %s, to %i s', async (name, seconds) => {
    const slo = sloNamed(name);
    const cases = legs.flatMap(([leg, severity, errorRatio]) => {
      const windows = alertWindows('production');
      const predicted = predictedDetection(windows, severity, slo.errorBudget, { errorRatio })!;
      const series = steady(Math.ceil(predicted.seconds) + 10, errorRatio);
      const { atSecond, pair } = replay(slo, series)[severity];
      expect([`${pair?.severity} ${pair?.speed}`, atSecond]).toEqual([leg, Math.ceil(predicted.seconds)]);
      return edge(slo, severity, series, seconds);
    });
    expect(await complaint(slo, cases)).toBe('');
  });

  it('for traffic and error ratios that change, and then an outage', async () => {
    const stretch = fc.record({
      seconds: fc.integer({ min: 5, max: 300 }),
      errorRatio: fc.constantFrom(0, 0, 0.02, 0.2, 1),
      perSecond: fc.constantFrom(0, 0.2, 2, 20),
    });
    const before = fc.array(stretch, { minLength: 1, maxLength: 8 });
    const samples = fc.sample(before, { seed: 5, numRuns: 24 });
    const cases = samples.flatMap((stretches, index) => {
      const past = stretches.flatMap(({ seconds, errorRatio, perSecond }) =>
        steady(seconds, errorRatio, perSecond),
      );
      // A ticket's days take promtool ten times as long as a page's hours.
      const severity = index % 6 === 0 ? 'ticket' : 'page';
      if (replay(checkout, past)[severity].fires) return [];
      return edge(checkout, severity, [...past, ...steady(6000, 1)], 3);
    });
    expect(cases.length).toBeGreaterThan(20);
    expect(await complaint(checkout, cases)).toBe('');
  });

  it('that nobody is paged for what nobody asked', async () => {
    const series = steady(7200, 0, 0);
    expect(replay(checkout, series)).toMatchObject({ wouldPage: false, wouldTicket: false });
    const cases = (['page', 'ticket'] as const).map((severity) => ({
      name: severity,
      series,
      severity,
      fires: false,
    }));
    expect(await complaint(checkout, cases)).toBe('');
  });

  it('and promtool does complain when the verdict is wrong', async () => {
    const wrong = edge(checkout, 'page', steady(600, 1), 0).map((one) => ({ ...one, fires: !one.fires }));
    expect((await complaint(checkout, wrong)).match(/got:/g)).toHaveLength(2);
  });
});
