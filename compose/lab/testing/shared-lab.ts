import type { Control } from '../control/control.ts';
import { createControl } from '../control/create-control.ts';
import type { LabState } from '../state.ts';
import { labUp } from '../up/lab-up.ts';

export interface SharedLab {
  readonly state: LabState;
  readonly control: Control;
}

/**
 * The lab of this test run: started by the first file that asks, found by the others, healed for each. The `lab`
 * project's global setup gives the run a scope of its own and its teardown takes the lab down.
 */
export async function sharedLab(level: number, clock: LabState['clock'] = 'drill'): Promise<SharedLab> {
  const { state } = await labUp({ level, clock });
  const control = createControl(state);
  await control.healAll();
  return { state, control };
}
