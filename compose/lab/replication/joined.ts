import { choosesPrimary, levelByNumber } from '@firedrill/topology';
import { readLabState } from '../control/lab-state-file.ts';
import { isPlaced, readCluster } from '../patroni/cluster.ts';
import type { LabState } from '../state.ts';
import { asSuperuser } from './admin-connection.ts';
import { readServer, type ServerReading } from './read-server.ts';
import { hasStandbys, serversOf } from './servers.ts';

/** The server that takes the writes now: a promotion may have changed it since `state` was read. */
export const currentPrimary = (state: LabState): string => (readLabState(state.home) ?? state).primary;

/** Whether a server is what it shall be: the primary, or a standby that streams from it. */
export async function isJoined(
  state: LabState,
  reading: ServerReading | undefined,
  node: string,
  primary: string,
): Promise<boolean> {
  if (node === primary) return reading?.role === 'primary';
  return reading?.role === 'standby' && reading.streamsFrom === primary && isServed(state, node, primary);
}

/** A receiver says that it streams before it is told that the WAL it asks for is gone; the sender knows. */
async function isServed(state: LabState, node: string, upstream: string): Promise<boolean> {
  const question = `SELECT FROM pg_stat_replication WHERE application_name = $1 AND state = 'streaming'`;
  try {
    const { rowCount } = await asSuperuser(state, upstream, (client) => client.query(question, [node]));
    return rowCount !== 0;
  } catch {
    return false;
  }
}

/** Pure: whether `node` is one of several servers of which the lab itself says who follows whom. */
export const isReplicated = (state: Pick<LabState, 'level'>, node: string): boolean =>
  hasStandbys(state) && !choosesPrimary(levelByNumber(state.level)) && serversOf(state).includes(node);

/** Whether a node has its place among the servers; always true of a node that is none of them. */
export async function hasJoined(state: LabState, node: string): Promise<boolean> {
  if (choosesPrimary(levelByNumber(state.level)) && serversOf(state).includes(node))
    return isPlaced(await readCluster(state), node);
  if (!isReplicated(state, node)) return true;
  return isJoined(state, await readServer(state, node), node, currentPrimary(state));
}
