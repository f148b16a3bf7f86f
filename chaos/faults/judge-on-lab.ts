import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedLab } from '@firedrill/lab/testing';
import type { Level } from '@firedrill/topology';
import { witnessOf } from '../engine/witness-of.ts';
import type { Judgement } from '../witness/judgement.ts';
import { compileFault } from './compile-fault.ts';
import type { Fault, FaultTarget } from './fault.ts';

/** The load client is started by a run: without one its edge answers nothing. */
const withoutLoad = (topology: Level): Level => ({
  ...topology,
  edges: topology.edges.filter((edge) => edge.to !== 'client-1'),
});

/**
 * Puts a fault on a real lab, or forgets to, watches it with the run's own witness, takes it back. For tests.
 */
export async function judgeOnLab(
  { state, control }: SharedLab,
  topology: Level,
  fault: Fault,
  params: unknown,
  target: FaultTarget,
  options: { readonly forget?: boolean; readonly duringMs?: number } = {},
): Promise<Judgement> {
  const durationMs = options.duringMs ?? 5000;
  const compiled = compileFault(fault, fault.params.parse(params), topology, target, {
    id: fault.name,
    seed: 1,
    durationMs,
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
    if (!options.forget) for (const { action } of compiled.effects) await control.apply(action);
    witness.startDuring();
    await sleep(durationMs);
    const during = witness.stopDuring();
    for (const { undo } of compiled.effects) await control.undo(undo);
    const readings = [...before, ...(await during), ...(await witness.after(15_000))];
    return fault.judge(compiled.expect, readings);
  } finally {
    witness.close();
    await control.healAll();
  }
}
