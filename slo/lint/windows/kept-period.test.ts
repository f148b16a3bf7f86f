import { expect, it } from 'vitest';
import { windowsFlaws } from '../testing/flaws.ts';
import { keptPeriod } from './kept-period.ts';

it('finds a period that Prometheus does not remember', () => {
  expect(windowsFlaws(keptPeriod)).toEqual([]);
  expect(windowsFlaws(keptPeriod, undefined, 'production')).toEqual([]);
  expect(windowsFlaws(keptPeriod, ['sloPeriod: 12h', 'sloPeriod: 1d'])).toEqual([
    "spec.sloPeriod: 1d is not shorter than Prometheus' retention of 1d: shorten the period or lengthen prometheusRetention in slo/clock.ts",
  ]);
  expect(windowsFlaws(keptPeriod, ['sloPeriod: 30d', 'sloPeriod: 90d'], 'production')).toHaveLength(1);
});
