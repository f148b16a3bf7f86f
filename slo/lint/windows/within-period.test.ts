import { expect, it } from 'vitest';
import { windowsFlaws } from '../testing/flaws.ts';
import { withinPeriod } from './within-period.ts';

it('finds a window that is longer than the period', () => {
  expect(windowsFlaws(withinPeriod)).toEqual([]);
  expect(windowsFlaws(withinPeriod, ['longWindow: 72m', 'longWindow: 13h'])).toEqual([
    'spec.ticket.slow.longWindow: 13h is longer than the period of 12h: take at most 12h',
  ]);
});
