import { expect, it } from 'vitest';
import { freeRange } from './free-range.ts';

it('takes the first range that nothing of this machine or of another lab is in', () => {
  expect(freeRange([])).toBe('10.214');
  expect(freeRange(['127.0.0.1', '10.214.16.1', '10.21.4.1'])).toBe('10.215');
  expect(freeRange(['10.214.', '10.215.0.0/16', '10.216.1.2'])).toBe('10.217');
});

it('says where it looked when none is free', () => {
  const all = Array.from({ length: 256 }, (_, second) => `10.${second}.0.1`);
  expect(() => freeRange(all)).toThrow(expect.objectContaining({ code: 'port-taken' }));
});
