import { deploy, rollback } from '../levers/deploy.ts';
import { type Operations, readOperations, runningRelease, writeOperations } from '../levers/operations.ts';
import type { LabState } from '../state.ts';
import { whileNobodyElse } from './while-nobody-else.ts';

/** Rolls a release out as a fault: what comes of it is for an operator to see, and to take back. */
export function applyRelease(state: LabState, release: string): Promise<void> {
  return whileNobodyElse(state.home, 'lever', async () => {
    writeOperations(state, { ...readOperations(state), faulty: release });
    await deploy(state, release, () => {});
  });
}

/** The release that a fault rolled out runs no more. One that an operator rolled out stays. Idempotent. */
export async function healRelease(state: LabState): Promise<void> {
  if (readOperations(state).faulty === undefined) return;
  await whileNobodyElse(state.home, 'lever', async () => {
    const { faulty } = readOperations(state);
    if (runningRelease(readOperations(state)) === faulty) await rollback(state, () => {});
    const { faulty: _gone, ...rest }: Operations = readOperations(state);
    writeOperations(state, rest);
  });
}
