import { levelByNumber, levels } from '@firedrill/topology';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faults } from '../faults/index.ts';
import { type Plan, planSchema } from '../journal/event.ts';
import { makePlan } from './plan.ts';
import { anyPlan, choicesOf } from './testing/any-plan.ts';
import { ModelLab } from './testing/model-lab.ts';

const effectsInOrder = (faults: Plan['faults']) =>
  faults
    .flatMap(({ startMs, effects }) =>
      effects.map((effect) => ({ at: startMs + (effect.atMs ?? 0), ...effect })),
    )
    .toSorted((one, other) => one.at - other.at);

async function broken({ level }: Plan, faults: Plan['faults']): Promise<ModelLab> {
  const lab = new ModelLab(levelByNumber(level));
  for (const { action } of effectsInOrder(faults)) await lab.apply(action);
  return lab;
}

test('anything is every fault of the catalogue', () => {
  const drawn = new Set(levels.flatMap(choicesOf).map(({ fault }) => fault));
  expect([...drawn].toSorted()).toEqual(faults.map(({ name }) => name).toSorted());
});

test('a plan of anything is the same byte for byte for the same seed, fits its schema, and breaks something', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlan, async ({ plan, request }) => {
      expect(JSON.stringify(makePlan(structuredClone(request)))).toBe(JSON.stringify(plan));
      expect(planSchema.parse(plan)).toEqual(plan);
      for (const fault of plan.faults) expect((await broken(plan, [fault])).wounds).not.toEqual([]);
    }),
  );
});

test('all its undos, in any order and more than once, leave the topology', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlan, fc.infiniteStream(fc.nat()), async ({ plan }, draws) => {
      const lab = await broken(plan, plan.faults);
      const undos = plan.faults.flatMap(({ effects }) => effects.map(({ undo }) => undo));
      const order = [...undos, ...undos]
        .map((undo) => ({ undo, at: draws.next().value }))
        .toSorted((one, other) => one.at - other.at);
      for (const { undo } of order) await lab.undo(undo);
      expect(lab.wounds).toEqual([]);
    }),
  );
});

test('the undos of one fault leave the others in, and nothing of it', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlan, fc.nat(), async ({ plan }, index) => {
      const meant = plan.faults[index % plan.faults.length]!;
      const atOnce = plan.faults.filter(
        ({ startMs, endMs }) => startMs <= meant.endMs && meant.startMs <= endMs,
      );
      const lab = await broken(plan, atOnce);
      for (const { undo } of meant.effects) await lab.undo(undo);
      const others = atOnce.filter((fault) => fault !== meant);
      expect(lab.wounds).toEqual((await broken(plan, others)).wounds);
    }),
  );
});
