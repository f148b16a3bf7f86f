import { faultNamed } from '../faults/index.ts';
import type { Check } from '../report/verdict.ts';
import type { Judgement } from '../witness/judgement.ts';
import { eventsOf, type Run } from './run.ts';

/** What the witness says of one fault. */
export interface FaultProof {
  readonly fault: string;
  readonly label: string;
  readonly judgement: Judgement;
}

/** Each planned fault's judgement by its own rules. */
export function faultProofs(run: Run): readonly FaultProof[] {
  const readings = eventsOf(run, 'witness');
  return run.plan.faults.map(({ id, fault, label, expect }) => ({
    fault,
    label,
    judgement: faultNamed(fault).judge(
      expect,
      readings.filter((event) => event.fault === id).map((event) => event.reading),
    ),
  }));
}

/** Did each fault bite, where it was meant to and only there? A mismatch fails: whatever was measured, it was not this fault. */
export function checkWitness(run: Run): Check {
  const name = 'witness';
  const proofs = faultProofs(run);
  const evidence = proofs.flatMap((proof) =>
    proof.judgement.figures.map((figure) => `${proof.fault}: ${figure}`),
  );
  if (proofs.length === 0) return { name, verdict: 'pass', summary: 'No fault was planned.', evidence };
  const of = (verdict: Judgement['verdict']) => proofs.filter((proof) => proof.judgement.verdict === verdict);
  const list = (some: readonly FaultProof[]) => some.map((proof) => proof.label).join('; ');
  if (of('mismatch').length > 0) {
    return {
      name,
      verdict: 'fail',
      summary: `The fault was not what was planned: ${list(of('mismatch'))}.`,
      evidence,
    };
  }
  if (of('inconclusive').length > 0) {
    const summary = `It is not proven that the fault bit: ${list(of('inconclusive'))}.`;
    return { name, verdict: 'inconclusive', summary, evidence };
  }
  return {
    name,
    verdict: 'pass',
    summary: `The fault bit, and only where it was meant to: ${list(proofs)}.`,
    evidence,
  };
}
