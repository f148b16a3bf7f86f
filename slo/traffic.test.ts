import { expect, it } from 'vitest';
import { operationRate, trafficShare } from './traffic.ts';

it('shares sum to 1', () => {
  expect(operationRate(Object.keys(trafficShare), 1)).toBeCloseTo(1, 12);
});
