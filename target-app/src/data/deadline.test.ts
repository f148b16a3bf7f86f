import { expect, it } from 'vitest';
import { Deadline, DeadlineExceeded } from './deadline.ts';

it('allows a step its own time, but no more than is left', () => {
  const deadline = Deadline.in(60_000);
  expect(deadline.allow(200)).toBe(200);
  expect(deadline.allow(100_000)).toBeLessThanOrEqual(60_000);
  expect(deadline.allow(100_000)).toBeGreaterThan(30_000);
});

it('refuses a step that cannot end in time', () => {
  expect(() => Deadline.in(0).allow(100)).toThrow(DeadlineExceeded);
});
