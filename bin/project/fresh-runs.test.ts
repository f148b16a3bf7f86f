import { expect, it } from 'vitest';
import { daysOf, freshRuns } from './fresh-runs.ts';

const on = (date: string) => ({ date });

it('goes on with what was measured in the last seven days', () => {
  const runs = [on('2026-11-23'), on('2026-11-24')];
  expect(freshRuns(runs, '2026-11-30')).toEqual(runs);
  expect(freshRuns(runs, '2026-12-01')).toEqual([on('2026-11-24')]);
});

it('says when all of it was measured', () => {
  expect(daysOf([on('2026-11-24'), on('2026-11-24')])).toBe('2026-11-24');
  expect(daysOf([on('2026-11-25'), on('2026-11-23'), on('2026-11-24')])).toBe('2026-11-23 to 2026-11-25');
});
