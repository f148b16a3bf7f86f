import { afterAll, beforeAll, expect, test } from 'vitest';
import { drop } from './drop.ts';
import { type Judged, type ProxiedPair, startProxiedPair } from './proxied-pair.ts';

let lab: ProxiedPair;
let seen: Judged;
beforeAll(async () => {
  lab = await startProxiedPair();
  seen = await lab.judge(drop, {});
});
afterAll(() => lab.close());

const reading = (stage: string, connection: string) =>
  seen.readings.find((one) => one.stage === stage && one.connection === connection && one.role === 'touched');

test('the witness confirms it on a real proxy', () => {
  expect(seen.figures.filter((figure) => figure.includes('want'))).toEqual([]);
  expect(seen.verdict).toBe('confirmed');
});

test('nothing is answered on new and old connections, and the old one is closed at the heal', () => {
  expect(reading('during', 'new')?.outcomes).toEqual({ 'timed-out': expect.any(Number) });
  expect(reading('during', 'old')?.outcomes).toEqual({ 'timed-out': expect.any(Number) });
  expect(reading('after', 'old')?.outcomes.answered ?? 0).toBe(0);
});

test('a fault that was never applied is a mismatch', async () => {
  const nothing = await lab.judge(drop, {}, { forget: true });
  expect(nothing.verdict).toBe('mismatch');
});
