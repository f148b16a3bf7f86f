import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Judged, type ProxiedPair, startProxiedPair } from './proxied-pair.ts';
import { refuse } from './refuse.ts';

let lab: ProxiedPair;
let seen: Judged;
beforeAll(async () => {
  lab = await startProxiedPair();
  seen = await lab.judge(refuse, {});
});
afterAll(() => lab.close());

const reading = (stage: string, connection: string) =>
  seen.readings.find((one) => one.stage === stage && one.connection === connection && one.role === 'touched');

test('the witness confirms it on a real proxy', () => {
  expect(seen.figures.filter((figure) => figure.includes('want'))).toEqual([]);
  expect(seen.verdict).toBe('confirmed');
});

test('new connections are refused at once, the old one is closed', () => {
  expect(reading('during', 'new')?.outcomes).toEqual({ refused: expect.any(Number) });
  expect(reading('during', 'old')?.outcomes).toEqual({ closed: 1 });
});

test('a fault that was never applied is a mismatch', async () => {
  const nothing = await lab.judge(refuse, {}, { forget: true });
  expect(nothing.verdict).toBe('mismatch');
});
