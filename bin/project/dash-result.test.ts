import { expect, it } from 'vitest';
import { isAsPromised, mediansOf } from './dash-result.ts';

const visits = [
  { firstViewMs: 1000, ageSeconds: 2 },
  { firstViewMs: 400, ageSeconds: 1.1 },
  { firstViewMs: 3000, ageSeconds: 9 },
];
const good = { visits, bundleKilobytes: 500 };

it('has a median of each figure', () => {
  expect(mediansOf(visits)).toEqual({ firstViewMs: 1000, ageSeconds: 2 });
  expect(mediansOf(visits.slice(0, 2))).toEqual({ firstViewMs: 700, ageSeconds: 1.55 });
});

it('is as promised when both medians and the size are within, and only then', () => {
  expect(isAsPromised(good)).toBe(true);
  expect(isAsPromised({ ...good, bundleKilobytes: 500.1 })).toBe(false);
  expect(isAsPromised({ ...good, visits: [{ firstViewMs: 1001, ageSeconds: 1 }] })).toBe(false);
  expect(isAsPromised({ ...good, visits: [{ firstViewMs: 1, ageSeconds: 2.01 }] })).toBe(false);
});

it('is not as promised where nobody looked', () => {
  expect(isAsPromised({ ...good, visits: [] })).toBe(false);
});
