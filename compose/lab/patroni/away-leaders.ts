import { choosesPrimary, levelByNumber } from '@firedrill/topology';
import { serversOf } from '../replication/servers.ts';
import type { LabState } from '../state.ts';
import { type ClusterReading, isPlaced, readCluster } from './cluster.ts';
import { readPromotions } from './history.ts';

/**
 * Servers that led before another one did and have no place yet, where the servers choose: what only they have has not been listed, for
 * that is done when they are taken back. All of them where none tells who led.
 */
export async function readAwayLeaders(state: LabState): Promise<readonly string[]> {
  if (!choosesPrimary(levelByNumber(state.level))) return [];
  const [cluster, promotions] = await Promise.all([readCluster(state), readPromotions(state)]);
  if (promotions === undefined) return serversOf(state);
  return awayLeadersIn(
    cluster,
    promotions.map(({ from }) => from),
  );
}

/** Pure: each one once. */
export const awayLeadersIn = (
  cluster: ClusterReading | undefined,
  led: readonly string[],
): readonly string[] => [...new Set(led)].filter((node) => !isPlaced(cluster, node));
