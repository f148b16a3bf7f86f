import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Judged, type ProxiedPair, startProxiedPair } from './proxied-pair.ts';
import { stall } from './stall.ts';

let lab: ProxiedPair;
let seen: Judged;
beforeAll(async () => {
  lab = await startProxiedPair();
  seen = await lab.judge(stall, {});
});
afterAll(() => lab.close());

const reading = (stage: string, connection: string) =>
  seen.readings.find((one) => one.stage === stage && one.connection === connection && one.role === 'touched');

test('the witness confirms it on a real proxy', () => {
  expect(seen.figures.filter((figure) => figure.includes('want'))).toEqual([]);
  expect(seen.verdict).toBe('confirmed');
});

test('what was held is answered on the old connection after the heal', () => {
  expect(reading('during', 'old')?.outcomes).toEqual({ 'timed-out': expect.any(Number) });
  expect(reading('after', 'old')?.outcomes).toEqual({ answered: 8 });
});

test('a fault that was never applied is a mismatch', async () => {
  const nothing = await lab.judge(stall, {}, { forget: true });
  expect(nothing.verdict).toBe('mismatch');
});
