import { expect, test } from 'vitest';
import { killPoints, victims } from './kill-points.ts';

test('the same seed draws the same kills, and each victim as often as any other', () => {
  expect(killPoints(1, 50)).toEqual(killPoints(1, 50));
  expect(killPoints(2, 50)).not.toEqual(killPoints(1, 50));
  for (const victim of victims) {
    const often = killPoints(1, 50).filter((point) => point.victim === victim).length;
    expect([6, 7]).toContain(often);
  }
  expect(new Set(killPoints(1, 8).map(({ victim }) => victim))).toEqual(new Set(victims));
});
