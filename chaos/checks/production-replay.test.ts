import { expect, it } from 'vitest';
import { checkProductionReplay } from './production-replay.ts';
import { madeRun } from './testing/made-run.ts';

const injectedMs = 60_000;
const saidOf = (outageMs: number, injected = true) => {
  const outages = [[injectedMs, injectedMs + outageMs]] as const;
  const made = { endMs: injectedMs + outageMs + 60_000, outages };
  return checkProductionReplay(madeRun(injected ? { ...made, injectedMs } : made));
};

it('says by which windows and when production would have paged', () => {
  // 99 %: an hour of 2 a second may have 14.4 % of bad ones, 518.4 s of outage.
  expect(saidOf(530_000)).toMatchObject({
    verdict: 'pass',
    summary: 'On the production windows CheckoutAvailability would have paged.',
    evidence: expect.arrayContaining([
      'checkout-availability: would have paged 519 s after the injection, by the windows 5m and 1h',
    ]),
  });
});

it('says how near it came where it would not have', () => {
  const { summary, evidence } = saidOf(517_000);
  expect(summary).toBe('On the production windows nothing would have paged.');
  expect(evidence[0]).toBe('checkout-availability: would not have fired, 99 % of the way to a page');
});

it('counts from the start where nothing was injected', () => {
  expect(saidOf(530_000, false).evidence[0]).toContain('would have paged 579 s after the start, by');
});

it('has nothing to say of no load', () => {
  expect(checkProductionReplay(madeRun({ endMs: 0, outages: [] })).verdict).toBe('inconclusive');
});
