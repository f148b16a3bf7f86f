import type { Control } from '../control/control.ts';
import { createControl } from '../control/create-control.ts';
import type { LabState } from '../state.ts';
import { labUp } from '../up/lab-up.ts';

/** The scope of the lab that tests share: it never is the one that the developer works with. */
export const testScope = 'test';

export interface SharedLab {
  readonly state: LabState;
  readonly control: Control;
}

/**
 * The tests' lab of that level: started by the first file that asks, found by the others, healed for each. The global
 * teardown of the `lab` project takes it down.
 */
export async function sharedLab(level: number, clock: LabState['clock'] = 'drill'): Promise<SharedLab> {
  process.env.FIREDRILL_LAB_SCOPE = testScope;
  const { state } = await labUp({ level, clock });
  const control = createControl(state);
  await control.healAll();
  return { state, control };
}
