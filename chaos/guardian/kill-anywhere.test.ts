import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isWhole } from '@firedrill/lab/control';
import { levelByNumber } from '@firedrill/topology';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyPlan } from '../engine/testing/any-plan.ts';
import { ModelLab } from '../engine/testing/model-lab.ts';
import type { Plan } from '../journal/event.ts';
import { Guardian } from './guardian.ts';
import { heal } from './heal.ts';
import { IntentLog } from './intent-log.ts';
import { Aftermath, type End, Life, MortalLog, mortalControl } from './testing/mortal.ts';

const anyEnd: fc.Arbitrary<End> = fc.record({
  step: fc.nat({ max: 40 }),
  effect: fc.constantFrom('none', 'late', 'done'),
  torn: fc.integer({ min: 1, max: 400 }),
});

/** Everything that a runner orders in a run, in its order. */
function orders({ faults }: Plan) {
  return faults
    .flatMap(({ id, startMs, endMs, effects }) => [
      ...effects.map(({ atMs = 0, action }) => ({ at: startMs + atMs, apply: { id, action } })),
      { at: endMs, heal: id },
    ])
    .toSorted((one, other) => one.at - other.at);
}

/** The guardian of a run until it dies or the run ends. */
async function guard(plan: Plan, path: string, lab: ModelLab, end: End, aftermath: Aftermath): Promise<void> {
  const life = new Life(end);
  const log = new MortalLog(path, life);
  const guardian = new Guardian(mortalControl(lab, life, aftermath), log, 'r', 1e9);
  for (const order of orders(plan)) {
    if (life.isOver) break;
    const done =
      'apply' in order
        ? guardian.apply(guardian.epoch, order.apply.id, order.apply.action)
        : guardian.heal((intent) => intent.fault === order.heal);
    await done.catch((error: unknown) => {
      if (!life.isOver) throw error;
    });
  }
  log.close();
}

/** Whoever heals in a dead one's place, and may die of it too. */
async function recover(path: string, lab: ModelLab, aftermath: Aftermath, end?: End): Promise<void> {
  const life = new Life(end);
  const log = new MortalLog(path, life);
  await heal(mortalControl(lab, life, aftermath), log, 0).catch((error: unknown) => {
    if (!life.isOver) throw error;
  });
  log.close();
}

/** Each intent is on disk before its effect: on a busy disk that takes its time. */
const patienceMs = 120_000;

test(
  'a kill at any step, and of whoever heals then, leaves a lab that the next one heals for good',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'firedrill-kill-'));
    let run = 0;
    try {
      await fc.assert(
        fc.asyncProperty(
          anyPlan,
          anyEnd,
          fc.array(anyEnd, { maxLength: 2 }),
          async ({ plan }, end, later) => {
            const path = join(home, String(run++), 'intents.jsonl');
            const lab = new ModelLab(levelByNumber(plan.level));
            const aftermath = new Aftermath(lab);
            await guard(plan, path, lab, end, aftermath);
            for (const one of later) await recover(path, lab, aftermath, one);
            await recover(path, lab, aftermath);
            aftermath.land(true);
            expect(lab.wounds).toEqual([]);
            expect(isWhole(await lab.read())).toBe(true);
            const log = new IntentLog(path);
            expect(log.open).toEqual([]);
            log.close();
          },
        ),
        { numRuns: 100 },
      );
    } finally {
      rmSync(home, { recursive: true });
    }
  },
  patienceMs,
);

test(
  'nothing is broken of which the log does not know',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'firedrill-kill-'));
    let run = 0;
    try {
      await fc.assert(
        fc.asyncProperty(anyPlan, anyEnd, async ({ plan }, end) => {
          const path = join(home, String(run++), 'intents.jsonl');
          const lab = new ModelLab(levelByNumber(plan.level));
          const aftermath = new Aftermath(lab);
          await guard(plan, path, lab, end, aftermath);
          aftermath.land(true);
          const log = new IntentLog(path);
          for (const { undo } of log.open) await lab.undo(undo);
          log.close();
          expect(lab.wounds).toEqual([]);
        }),
        { numRuns: 100 },
      );
    } finally {
      rmSync(home, { recursive: true });
    }
  },
  patienceMs,
);

test('a healer that dies after its undos leaves it to the next one to wait for what comes late', async () => {
  const home = mkdtempSync(join(tmpdir(), 'firedrill-kill-'));
  try {
    const path = join(home, 'intents.jsonl');
    const lab = new ModelLab(levelByNumber(1));
    const aftermath = new Aftermath(lab);
    const control = mortalControl(lab, new Life({ step: 1, effect: 'late', torn: 1 }), aftermath);
    const log = new IntentLog(path);
    const intent = {
      ...{ epoch: log.begin('r'), run: 'r', fault: 'kill' },
      action: { kind: 'node-kill', node: 'api-1' },
      undo: { kind: 'node-start', node: 'api-1' },
    } as const;
    log.intend(intent);
    await control.undo(intent.undo);
    await control.apply(intent.action).catch(() => {});
    log.close();
    // Its undo, its line in the log, and no further.
    await recover(path, lab, aftermath, { step: 2, effect: 'none', torn: 1 });
    await recover(path, lab, aftermath);
    expect(lab.wounds).toEqual([]);
  } finally {
    rmSync(home, { recursive: true });
  }
});
