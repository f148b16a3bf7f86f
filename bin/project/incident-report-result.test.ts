import { expect, it } from 'vitest';
import { isSoonEnough, type MadeReport, mediansOf } from './incident-report-result.ts';

const made = (from: MadeReport['from'], ...seconds: readonly number[]): readonly MadeReport[] =>
  seconds.map((one) => ({ from, seconds: one, missing: 0 }));

it('has a median of each origin', () => {
  expect(mediansOf([...made('run', 2, 9, 3), ...made('lab', 4, 5)])).toEqual({ run: 3, lab: 4.5 });
});

it('is soon enough when both medians are within the promise, and only then', () => {
  expect(isSoonEnough([...made('run', 5, 5, 9), ...made('lab', 5)])).toBe(true);
  expect(isSoonEnough([...made('run', 5.01), ...made('lab', 1)])).toBe(false);
  expect(isSoonEnough([...made('run', 1), ...made('lab', 5.01)])).toBe(false);
});

it('is not soon enough where an origin was never measured', () => {
  expect(isSoonEnough(made('run', 1))).toBe(false);
});
