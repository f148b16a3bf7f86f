import { choosesPrimary, levelByNumber } from '@firedrill/topology';
import { readLabState } from '../control/lab-state-file.ts';
import type { LabState } from '../state.ts';
import { readCluster } from './cluster.ts';
import { readPromotions } from './history.ts';

/** A lab as it is now: who takes the writes, and who did before. Where the servers choose, they are asked. */
export async function stateNow(given: LabState): Promise<LabState> {
  const state = readLabState(given.home) ?? given;
  if (!choosesPrimary(levelByNumber(state.level))) return state;
  const [cluster, promotions] = await Promise.all([readCluster(state), readPromotions(state)]);
  return {
    ...state,
    primary: cluster?.leader ?? state.primary,
    promotions: [...(promotions ?? state.promotions)],
  };
}
