import { expect, test } from 'vitest';
import { offsetUnder } from '../load/traffic.ts';
import { arriving } from './arriving.ts';

test('a few users come at once, a crowd by steps: in the first six seconds as many as usually in two and a bit', () => {
  expect(arriving(10)).toEqual([]);
  expect(offsetUnder(arriving(50), 600)).toBe(3000);
  expect(offsetUnder(arriving(50), 2100)).toBe(6000);
  expect(offsetUnder(arriving(50), 12_100)).toBe(16_000);
});
