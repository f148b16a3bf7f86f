import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertWindows } from '../windows.ts';
import { atRiskShare, levelsWithSlas, slaCredits, slasOf } from './sla.ts';
import { fillIn } from './sla-tables.ts';
import { slaTiming } from './sla-timing.ts';

it('there is one from level 2 on', () => {
  expect(levelsWithSlas()).toEqual([2, 3, 4]);
  expect(slasOf(1)).toEqual([]);
});

it('the credits grow with the failures', () => {
  const owed = slaCredits.map((credit) => credit.percent);
  expect(slaCredits[0]!.timesAllowance).toBe(1);
  expect(owed).toEqual(owed.toSorted((a, b) => a - b));
});

const slas = levelsWithSlas().flatMap((level) => slasOf(level).map((sla) => [level, sla.name, sla] as const));

describe.each(slas)('level %i, %s', (_level, _name, sla) => {
  it('promises less than the objective', () => {
    expect(sla.objective).toBeLessThan(sla.slo.objective);
    expect(sla.objective).toBeGreaterThan(0.9);
    expect(sla.objective + sla.allowance).toBeCloseTo(1, 12);
  });

  it("is at risk when the objective's budget is spent, and not before", () => {
    expect(atRiskShare * sla.allowance).toBeCloseTo(sla.slo.errorBudget, 12);
  });

  it.each(['production', 'drill'] as const)(
    'warns, then is at risk, then is broken, at every steady error ratio (%s)',
    (clock) => {
      const windows = alertWindows(clock);
      const above = fc.double({ min: sla.allowance * 1.000_001, max: 1, noNaN: true });
      fc.assert(
        fc.property(above, (errorRatio) => {
          const { warnedSeconds, atRiskSeconds, brokenSeconds } = slaTiming(sla, windows, errorRatio);
          expect(warnedSeconds!).toBeLessThanOrEqual(0.11 * atRiskSeconds!);
          expect(atRiskSeconds!).toBeLessThan(0.51 * brokenSeconds!);
        }),
      );
    },
  );

  it('pages a total outage after a hundredth of the time in which it breaks the promise', () => {
    const { warnedBy, warnedSeconds, brokenSeconds } = slaTiming(sla, alertWindows('production'), 1);
    expect(warnedBy).toBe('page');
    expect(warnedSeconds! / brokenSeconds!).toBeCloseTo(0.01, 6);
  });

  it('is neither at risk nor broken by what the objective allows', () => {
    expect(slaTiming(sla, alertWindows('production'), sla.slo.errorBudget * 0.999)).toEqual({
      warnedSeconds: undefined,
      warnedBy: undefined,
      atRiskSeconds: undefined,
      brokenSeconds: undefined,
    });
  });
});

describe('a page with generated parts', () => {
  const page = 'a\n<!-- generated: x -->\nold\n<!-- /generated -->\nb\n';

  it('gets them between their markers, and nothing else changes', () => {
    const filled = fillIn(page, { x: 'new' });
    expect(filled).toBe('a\n<!-- generated: x -->\n\nnew\n\n<!-- /generated -->\nb\n');
    expect(fillIn(filled, { x: 'new' })).toBe(filled);
  });

  it('is refused without the marker', () => {
    expect(() => fillIn(page, { y: 'new' })).toThrow('<!-- generated: y -->');
  });
});
