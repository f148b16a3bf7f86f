import { describe, expect, it } from 'vitest';
import { type ParsedExperiment, parseExperiment } from '../experiments/experiment.ts';
import { levelsOf } from '../experiments/experiment-at.ts';
import { experiments } from '../experiments/index.ts';
import type { Plan } from '../journal/event.ts';
import { shop } from '../targets/shop.ts';
import { predictedRecoveryMs, untouchedAt } from './comparable.ts';
import { type ComparisonRequest, planComparison } from './plan-comparison.ts';

const named = (name: string): ParsedExperiment => experiments.find((one) => one.name === name)!;
const compare = (name: string, changes: Partial<ComparisonRequest> = {}) =>
  planComparison({ experiment: named(name), target: shop, seed: 1, ...changes });

/** From the first fault to the last heal. */
const spanOf = ({ faults }: Plan): number =>
  Math.max(...faults.map(({ endMs }) => endMs)) - Math.min(...faults.map(({ startMs }) => startMs));

const comparableOnes = experiments.filter(
  (one) =>
    one.levels.length > 1 &&
    one.levels.every((level) => untouchedAt(one, level, undefined, 1).blind.length === 0),
);

describe('a comparison', () => {
  it('has a row a level, and a second one where a person promotes the standby', () => {
    const { rows } = compare('partition-primary');
    expect(rows.map(({ row, page }) => [row, page])).toEqual([
      ['1', undefined],
      ['2', undefined],
      ['3', undefined],
      ['3+runbook', 'CheckoutAvailability'],
      ['4', undefined],
    ]);
    expect(compare('partition-primary', { levels: [4, 1, 4] }).rows.map(({ row }) => row)).toEqual([
      '1',
      '4',
    ]);
    // Nobody is called, so there is no runbook to follow.
    expect(compare('isolate-primary').rows.map(({ row }) => row)).toEqual(['3', '4']);
  });

  it('sends what each of its levels can carry, and counts by what each of them promises', () => {
    expect(compare('partition-primary')).toMatchObject({ rps: 10, yardstick: { objective: 0.99 } });
    expect(compare('partition-primary', { levels: [2, 4] })).toMatchObject({
      rps: 50,
      yardstick: { name: 'checkout-availability', objective: 0.995 },
    });
  });

  it('holds the fault three times as long as the slowest level takes to recover, or as is asked', () => {
    expect(compare('partition-primary', { levels: [1, 4] }).holdMs).toBe(3 * 30_000);
    // With time for a runbook.
    expect(compare('partition-primary').holdMs).toBe(120_000);
    expect(compare('partition-primary', { levels: [1, 2] }).holdMs).toBe(20_000);
    expect(compare('partition-primary', { levels: [1, 4], holdMs: 200_000 }).holdMs).toBe(200_000);
  });

  it.each(comparableOnes.map((one) => [one.name, one] as const))(
    '%s: all is the same on every level',
    (name, experiment) => {
      const { rows, rps, holdMs } = compare(name);
      const levels = levelsOf(experiment, undefined);
      expect(new Set(rows.map(({ topology }) => topology.number))).toEqual(new Set(levels));
      for (const level of levels)
        expect(holdMs).toBeGreaterThanOrEqual(
          3 * predictedRecoveryMs(untouchedAt(experiment, level, undefined, 1)),
        );
      for (const { plan } of rows) {
        expect(plan).toMatchObject({
          rps,
          seed: 1,
          clock: 'drill',
          traffic: rows[0]!.plan.traffic,
          operator: [],
          experiment: name,
        });
        expect(spanOf(plan)).toBe(holdMs);
        expect(plan.controlMs).toBe(Math.min(...plan.faults.map(({ startMs }) => startMs)));
        expect(plan.alerts.expected).toEqual([]);
        // A comparison is not ended by what it costs.
        expect(plan.abort.badEventsAtMost).toBeGreaterThan((rps * holdMs) / 1000);
      }
    },
  );

  it('stretches a timeline of several steps alike', () => {
    const { rows, holdMs } = compare('flapping-network');
    const [first] = rows;
    const steps = first!.plan.faults.map(({ startMs, endMs }) => endMs - startMs);
    expect(steps.length).toBeGreaterThan(2);
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
    expect(steps.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(holdMs);
  });

  it('has a key that is of its plans', () => {
    const { key } = compare('partition-primary');
    expect(key).toMatch(/^compare-[0-9a-f]{8}$/);
    expect(compare('partition-primary').key).toBe(key);
    expect(compare('partition-primary', { seed: 2 }).key).not.toBe(key);
    expect(compare('partition-primary', { holdMs: 180_000 }).key).not.toBe(key);
    expect(compare('partition-primary', { variant: 'stall' }).key).not.toBe(key);
  });
});

describe('what cannot be compared is refused in one line', () => {
  const onOne = parseExperiment({ ...named('lose-etcd-member'), levels: [4] }, 'x');

  it.each([
    [{ experiment: onOne }, /one level is nothing to compare: lose-etcd-member on 4 \(--levels\)/],
    [
      { experiment: onOne, levels: [1, 2, 4] },
      /lose-etcd-member does not run on level 1, 2 \(--levels\): it runs on 4 /,
    ],
    [
      { levels: [2] },
      /one level is nothing to compare: partition-primary on 2 \(--levels\): it runs on 1, 2, 3, 4 /,
    ],
    [{ levels: [0, 1] }, /does not run on level 0/],
    [{ variant: 'no' }, /partition-primary has no variant no \(--variant\): use one of stall/],
    [{ variant: 'refuse' }, /one level is nothing to compare: partition-primary --variant refuse on 4/],
    [{ levels: [1, 4], holdMs: 60_000 }, /1m tells these levels not apart \(--hold\): give at least 1m30s/],
    [{ experiment: named('lose-prometheus') }, /lose-prometheus breaks those who watch/],
  ] as const)('%j', (changes, line) => {
    let caught: unknown;
    try {
      compare('partition-primary', changes);
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: 'usage', exitCode: 64 });
    expect((caught as { toLine(): string }).toLine()).toMatch(line);
  });
});
