import { fixtureRun } from '@firedrill/chaos/model-run';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runSight } from './run.ts';

const { journal } = fixtureRun();

it('tells a run from its plan to its end', () => {
  const sight = runSight(journal)!;
  const plan = journal[0]!.type === 'planned' ? journal[0].plan : undefined;
  expect(sight).toMatchObject({ experiment: plan?.experiment, level: plan?.level, seed: plan?.seed });
  expect(sight.faults.map(({ id }) => id)).toEqual(plan?.faults.map(({ id }) => id));
  for (const { appliedAt, healedAt } of sight.faults) {
    expect(Date.parse(healedAt!)).toBeGreaterThan(Date.parse(appliedAt!));
  }
  const delivered = sight.alerts.filter(({ deliveredMs }) => deliveredMs !== null);
  expect(delivered.length).toBeGreaterThan(0);
  for (const { deliveredMs } of delivered) expect(deliveredMs).toBeGreaterThan(0);
});

it('tells whatever of it has been written so far', () => {
  fc.assert(
    fc.property(fc.nat(journal.length), (length) => {
      const sight = runSight(journal.slice(0, length));
      if (length === 0) expect(sight).toBeNull();
      else expect(sight!.told.length).toBeLessThanOrEqual(12);
      const applied = journal.slice(0, length).some(({ type }) => type === 'applied');
      expect(sight?.faults.some(({ appliedAt }) => appliedAt !== null) ?? false).toBe(applied);
    }),
  );
});
