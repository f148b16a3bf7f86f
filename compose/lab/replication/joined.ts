import { readLabState } from '../control/lab-state-file.ts';
import type { LabState } from '../state.ts';
import { readServer, type ServerReading } from './read-server.ts';
import { hasStandbys, serversOf } from './servers.ts';

/** The server that takes the writes now: a promotion may have changed it since `state` was read. */
export const currentPrimary = (state: LabState): string => (readLabState(state.home) ?? state).primary;

/** Pure: whether a server is what it shall be: the primary, or a standby that streams from it. */
export function isJoined(reading: ServerReading | undefined, node: string, primary: string): boolean {
  if (reading === undefined) return false;
  return node === primary
    ? reading.role === 'primary'
    : reading.role === 'standby' && reading.streamsFrom === primary;
}

/** Pure: whether `node` is one of several servers that follow each other. */
export const isReplicated = (state: Pick<LabState, 'level'>, node: string): boolean =>
  hasStandbys(state) && serversOf(state).includes(node);

/** Whether a node has its place among the servers; always true of a node that is none of them. */
export async function hasJoined(state: LabState, node: string): Promise<boolean> {
  if (!isReplicated(state, node)) return true;
  return isJoined(await readServer(state, node), node, currentPrimary(state));
}
