import { expect, it } from 'vitest';
import { operationsOf } from './phases.ts';
import type { Run } from './run.ts';

const times = { loadFromMs: 0, injectedMs: 100_000, healedMs: 145_000 };

/** When the requests came that are judged as mitigated. */
function mitigatedIn(recoversMs: number | undefined, mitigatedMs: number | undefined, answeredMs?: number) {
  const dues = [50_000, 101_000, 120_000, 129_000, 131_000, 144_000, 146_000, 155_000];
  const run = {
    operations: dues.map((due) => ({ invoke: { due } })),
    plan: { recoversMs },
    times: { ...times, mitigatedMs, answeredMs },
  } as unknown as Run;
  return operationsOf(run, 'mitigated')?.map(({ invoke }) => invoke.due);
}

it('nobody came and nothing was promised: there is no such phase', () => {
  expect(mitigatedIn(undefined, undefined)).toBeUndefined();
});

it('an operator came: from a grace after that, to the heal', () => {
  expect(mitigatedIn(undefined, 125_000)).toEqual([131_000, 144_000]);
});

it('the system was to recover by itself: from then on, to the heal', () => {
  expect(mitigatedIn(29_000, undefined)).toEqual([129_000, 131_000, 144_000]);
  expect(mitigatedIn(60_000, undefined)).toEqual([]);
});

it('a runbook left it to the system: from the runbook’s end, which has seen it recover', () => {
  expect(mitigatedIn(1_000, undefined, 130_000)).toEqual([131_000, 144_000]);
});

it('a runbook pulled a lever: from that on, not from when it had seen it help', () => {
  expect(mitigatedIn(1_000, 115_000, 143_000)).toEqual([120_000, 129_000, 131_000, 144_000]);
});
