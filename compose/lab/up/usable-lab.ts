import { isDeepStrictEqual } from 'node:util';
import { FiredrillError } from '@firedrill/errors';
import { createControl } from '../control/create-control.ts';
import { labHome, labIdOf } from '../control/lab-home.ts';
import { labLockHeld, takeLabLock } from '../control/lab-lock.ts';
import { recoverAbandoned } from '../control/recover-abandoned.ts';
import { findLab } from '../find-lab.ts';
import { recoverLab } from '../recover-lab.ts';
import type { LabState } from '../state.ts';
import { topologyOf } from '../topology-of.ts';
import type { LabEvent } from './events.ts';

type Wanted = Pick<LabState, 'clock' | 'timers' | 'feed'> & {
  readonly disks?: readonly string[];
  readonly runtime?: LabState['runtime'];
};

/**
 * The lab that runs already and fits: healed, unless a run holds it and its faults are meant. What does not fit or
 * cannot be healed is taken down.
 * @throws {FiredrillError} `lab-busy` when a run holds a lab that does not fit.
 */
export async function usableLab(
  level: number,
  wanted: Wanted,
  onEvent: (event: LabEvent) => void,
): Promise<LabState | undefined> {
  if ((await recoverAbandoned(labHome(level)))?.labStopped) {
    onEvent({ type: 'cleaned', labId: labIdOf(level), why: 'its run was killed' });
  }
  const found = await findLab(level);
  const why = found === undefined ? 'it was killed' : misfit(found, wanted);
  if (found !== undefined && why === undefined) {
    const release = await takeLabLock(found.home);
    if (release === undefined) return found;
    const healed = await heal(found).finally(release);
    if (healed) return found;
  }
  if (labLockHeld(labHome(level))) {
    throw new FiredrillError('lab-busy', `a run holds the lab of level ${level}`, {
      fix: 'wait for it or stop it',
    });
  }
  if (await recoverLab(level))
    onEvent({ type: 'cleaned', labId: labIdOf(level), why: why ?? 'it could not be healed' });
  return undefined;
}

/** Why a running lab is not the one that is wanted. */
function misfit(
  state: LabState,
  { clock, timers = 'supported', feed = 'postgres', disks = [], runtime = 'native' }: Wanted,
): string | undefined {
  if (state.runtime !== runtime) return `its runtime is ${state.runtime}`;
  if (state.clock !== clock) return `it has the ${state.clock} clock`;
  if (state.timers !== undefined && state.timers !== timers) return `its timers are ${state.timers}`;
  if ((state.feed ?? 'postgres') !== feed) return `its feeds are kept in ${state.feed ?? 'postgres'}`;
  if (!isDeepStrictEqual(Object.keys(state.disks ?? {}), disks)) return 'it has other disks';
  const edges = topologyOf(state).edges.map((edge) => edge.name);
  return isDeepStrictEqual(edges, Object.keys(state.edges)) ? undefined : 'it has another topology';
}

async function heal(state: LabState): Promise<boolean> {
  try {
    await createControl(state).healAll();
    return true;
  } catch {
    return false;
  }
}
