import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recovery } from './recovery.ts';
import { madeTimes, madeUsers } from './testing/made-users.ts';
import { writeOutage } from './write-outage.ts';

const runWith = (fails: (afterMs: number, write: boolean) => boolean) => ({
  operations: madeUsers(fails),
  times: madeTimes,
});
const until = (ms: number) => (afterMs: number) => afterMs >= 0 && afterMs < ms;

describe('the write outage', () => {
  it('is from the last acknowledged write to the next one', () => {
    const run = runWith((ms, write) => write && until(10_000)(ms));
    // 59.6 s + 10 ms to 70.0 s + 10 ms.
    expect(writeOutage(run)).toEqual({ ms: 10_400, healedByUs: false });
  });

  it('lasts until the heal at least where nobody but that ends it', () => {
    expect(writeOutage(runWith(until(30_000)))).toEqual({ ms: 30_390, healedByUs: true });
    expect(writeOutage(runWith(until(60_000)))).toEqual({ ms: 30_390, healedByUs: true });
  });

  it('is none where only reads fail, or nothing; nobody who asks is no outage', () => {
    expect(writeOutage(runWith((ms, write) => !write && until(30_000)(ms)))).toBeNull();
    const { operations, times } = runWith(() => false);
    const silent = operations.filter(({ invoke }) => !invoke.write || !until(20_000)(invoke.due - 60_000));
    expect(writeOutage({ operations: silent, times })).toBeNull();
  });

  it('is the longest of several', () => {
    const run = runWith((ms) => until(2_000)(ms) || (ms >= 10_000 && ms < 16_000));
    expect(writeOutage(run)).toEqual({ ms: 6_400, healedByUs: false });
  });

  it('before the fault is not the fault’s, nor is one after the heal', () => {
    const run = runWith((ms) => (ms >= -40_000 && ms < -20_000) || (ms >= 35_000 && ms < 50_000));
    expect(writeOutage(run)).toBeNull();
  });
});

describe('the recovery', () => {
  it('is the first good answer to what failed most, and last', () => {
    expect(recovery(runWith((ms, write) => write && until(12_000)(ms)))).toEqual({
      ms: 12_010,
      healedByUs: false,
    });
  });

  it('is not put off until somebody asks again for what is asked for seldom', () => {
    const { operations, times } = runWith((ms, write) => write && until(12_000)(ms));
    const last = operations.findLast(({ result }) => result?.sli === 'bad')!;
    const seldom = operations.map((one) =>
      one === last ? { ...one, invoke: { ...one.invoke, operation: 'review' as const } } : one,
    );
    expect(recovery({ operations: seldom, times })).toEqual({ ms: 12_010, healedByUs: false });
  });

  it('is by us where users fail until the heal', () => {
    expect(recovery(runWith(until(30_000)))).toEqual({ ms: 30_000, healedByUs: true });
  });

  // Whoever failed last was a reader, and the next of them comes at 4.1 s.
  it('is not put off by one who fails by chance, and none where nobody was hurt', () => {
    const stray = (ms: number) => ms === 25_000;
    expect(recovery(runWith((ms) => until(4_000)(ms) || stray(ms)))).toEqual({
      ms: 4_110,
      healedByUs: false,
    });
    expect(recovery(runWith(stray))).toBeNull();
  });

  it('whenever an outage ends, both tell so within a request of it, and no earlier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 290 }), (tenths) => {
        const ms = tenths * 100;
        const run = runWith(until(ms));
        const [outage, back] = [writeOutage(run), recovery(run)];
        expect(outage).toMatchObject({ healedByUs: false });
        expect(outage?.ms).toBeGreaterThanOrEqual(ms);
        expect(outage?.ms).toBeLessThan(ms + 1000);
        expect(back).toMatchObject({ healedByUs: false });
        expect(back?.ms).toBeGreaterThanOrEqual(ms);
        expect(back?.ms).toBeLessThan(ms + 500);
      }),
    );
  });
});

it('nothing is said of a fault that was never in, or never taken out', () => {
  const { operations } = runWith(until(30_000));
  for (const times of [
    { ...madeTimes, injectedMs: undefined },
    { ...madeTimes, healedMs: undefined },
  ]) {
    expect(writeOutage({ operations, times })).toBeNull();
    expect(recovery({ operations, times })).toBeNull();
  }
});
