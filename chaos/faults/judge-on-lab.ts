import type { SharedLab } from '@firedrill/lab/testing';
import type { Level } from '@firedrill/topology';
import { witnessOf } from '../engine/witness-of.ts';
import type { Judgement } from '../witness/judgement.ts';
import { compileFault } from './compile-fault.ts';
import type { Fault, FaultTarget } from './fault.ts';
import { inTurns } from './testing/in-turns.ts';

/** The load client is started by a run: without one its edge answers nothing. */
const withoutLoad = (topology: Level): Level => ({
  ...topology,
  edges: topology.edges.filter((edge) => edge.to !== 'client-1'),
});

/** For so long nothing is put in, so that a fault is seen to be no proof of itself, ms. */
const nothingMs = 1000;
/** A node that comes back on a slow machine. */
const patienceMs = 60_000;

/** What the run's own witness says of a fault that was not applied yet, and of it while it was in. */
export interface JudgedOnLab {
  readonly nothing: Judgement;
  readonly seen: Judgement;
}

/**
 * Watches a real lab with the run's own witness, first while nothing is put in, then while a fault is, and takes it back. For tests.
 * @param duringMs how long it stays in.
 */
export async function judgeOnLab(
  { state, control }: SharedLab,
  topology: Level,
  fault: Fault,
  params: unknown,
  target: FaultTarget,
  duringMs = 5000,
): Promise<JudgedOnLab> {
  const compiled = compileFault(fault, fault.params.parse(params), topology, target, {
    id: fault.name,
    seed: 1,
    durationMs: duringMs,
  });
  const witness = witnessOf(state, withoutLoad(topology), {
    ...compiled,
    colour: fault.colour,
    id: fault.name,
    fault: fault.name,
    startMs: 0,
    endMs: 0,
    edges: [...target.edges],
    nodes: [...target.nodes],
    reach: [...(compiled.reach ?? [])],
    effects: [...compiled.effects],
  });
  try {
    const before = await witness.before();
    witness.startDuring();
    await inTurns(nothingMs);
    const idle = await witness.stopDuring();
    for (const { action } of compiled.effects) await control.apply(action);
    witness.startDuring();
    await inTurns(duringMs);
    const during = witness.stopDuring();
    for (const { undo } of compiled.effects) await control.undo(undo);
    const seen = await during;
    const after = await witness.after(patienceMs);
    return {
      nothing: fault.judge(compiled.expect, [...before, ...idle, ...after]),
      seen: fault.judge(compiled.expect, [...before, ...seen, ...after]),
    };
  } finally {
    witness.close();
    await control.healAll();
  }
}
