import { afterAll, beforeAll, expect, test } from 'vitest';
import { latency } from './latency.ts';
import { type Judged, type ProxiedPair, startProxiedPair } from './proxied-pair.ts';

let lab: ProxiedPair;
let seen: Judged;
beforeAll(async () => {
  lab = await startProxiedPair();
  seen = await lab.judge(latency, { latencyMs: 80, jitterMs: 20 });
});
afterAll(() => lab.close());

const reading = (stage: string, connection: string) =>
  seen.readings.find((one) => one.stage === stage && one.connection === connection && one.role === 'touched');

test('the witness confirms it on a real proxy', () => {
  expect(seen.figures.filter((figure) => figure.includes('want'))).toEqual([]);
  expect(seen.verdict).toBe('confirmed');
});

test('the round trip grows by what was ordered', () => {
  const before = reading('before', 'old')?.p50Ms ?? Number.NaN;
  const during = reading('during', 'old')?.p50Ms ?? Number.NaN;
  expect(during - before).toBeGreaterThan(60);
  expect(during - before).toBeLessThan(130);
});

test('a fault that was never applied is a mismatch', async () => {
  const nothing = await lab.judge(latency, { latencyMs: 80, jitterMs: 20 }, { forget: true });
  expect(nothing.verdict).toBe('mismatch');
});
