import { choosesPrimary, databaseServers, levelByNumber } from '@firedrill/topology';
import { allLabs } from '../all-labs.ts';
import type { Control } from '../control/control.ts';
import { createControl } from '../control/create-control.ts';
import { labScope, thisCheckout } from '../control/lab-home.ts';
import { labDown } from '../lab-down.ts';
import { readCluster } from '../patroni/cluster.ts';
import { stateNow } from '../patroni/state-now.ts';
import { promote } from '../promote/promote.ts';
import { currentPrimary } from '../replication/joined.ts';
import type { LabState } from '../state.ts';
import { type LabUpOptions, labUp } from '../up/lab-up.ts';
import { eventually } from './eventually.ts';

export { buy, sale } from './buy.ts';

export interface SharedLab {
  readonly state: LabState;
  readonly control: Control;
}

/** Beside another lab, what a test measures on two cores would be the other's. */
async function endOthers(level: number): Promise<void> {
  const others = allLabs().filter((lab) => lab.scope === labScope() && lab.level !== level);
  for (const other of others) if (other.checkout === thisCheckout) await labDown(other);
}

/**
 * The lab of this test run: started by the first file that asks, found by the others, healed for each. One level at a time. The `lab`
 * project's global setup gives the run a scope of its own and its teardown takes the lab down.
 * @param options what makes it a lab that is no other file's.
 */
export async function sharedLab(
  level: number,
  options: Partial<Pick<LabUpOptions, 'clock' | 'disks' | 'feed'>> = {},
): Promise<SharedLab> {
  await endOthers(level);
  const { state } = await labUp({ level, clock: 'drill', ...options });
  const control = createControl(state);
  await control.healAll();
  await letTheFirstLead(state, control);
  // As it is now: it was found with whom the file before left as its primary.
  return { state: await stateNow(state), control };
}

/** What a file before did to the servers, also one that failed in the middle: the tests name them by what they are in a new lab. */
async function letTheFirstLead(state: LabState, control: Control): Promise<void> {
  const first = databaseServers(levelByNumber(state.level))[0]?.name;
  if (first === undefined || (await whoLeads(state)) === first) return;
  await promote(state, first);
  // Who led until now does not answer before it follows.
  await control.healAll();
}

/** On a machine that stalls no server may answer in time, which is no sign that the first one leads. */
const whoLeads = async (state: LabState): Promise<string> =>
  choosesPrimary(levelByNumber(state.level))
    ? eventually('somebody leads', async () => (await readCluster(state))?.leader)
    : currentPrimary(state);
