import type { Level } from '@firedrill/topology';
import type { CompiledFault, Fault, FaultStep, FaultTarget } from './fault.ts';

/**
 * Pure: a fault with what the witness must know of its target. An edge that was named must be in use; of the edges of a
 * partition, of a node or of a pool some are there for other days.
 */
export function compileFault<P>(
  fault: Fault<P>,
  params: P,
  topology: Level,
  target: FaultTarget,
  step: FaultStep,
): CompiledFault {
  const compiled = fault.compile(params, topology, target, step);
  const oneInUse = target.nodes.length > 0 || target.partition === true || (compiled.reach ?? []).length > 0;
  return oneInUse ? { ...compiled, expect: { ...compiled.expect, oneInUse } } : compiled;
}
