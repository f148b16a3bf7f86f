import { setTimeout as pause } from 'node:timers/promises';
import { killNode } from '../control/nodes.ts';
import { follow, markRejoin } from '../replication/follow.ts';
import { isJoined } from '../replication/joined.ts';
import { readServer } from '../replication/read-server.ts';
import { known, learn, type PromoteParts } from './promote-parts.ts';
import { startAgain } from './start-again.ts';

const streamMs = 5000;

/**
 * A standby changes its upstream. One that had replayed more than the new primary ever will is taken back to where they
 * part. It is not waited for long: writes do not need it, and its edge may be cut.
 */
export async function letFollow(parts: PromoteParts, node: string, upstream: string): Promise<string> {
  const { state } = parts;
  // One that only misses a second, where the machine stalls, would keep what the new primary never had.
  const reading = await readServer(state, node, streamMs);
  await follow(state, node, upstream);
  if (reading === undefined) return 'it does not answer; it follows when it is started';
  const { position = Number.POSITIVE_INFINITY, lived } = known(state);
  if (reading.streamsFrom !== upstream && reading.replayedPosition > position) {
    markRejoin(state, node);
    learn(state, { lived: [...new Set([...lived, node])] });
    await killNode(state, node);
    await startAgain(parts, node);
    return `it had ${reading.replayedPosition - position} bytes more, which are thrown away`;
  }
  const until = performance.now() + streamMs;
  while (performance.now() < until) {
    if (await isJoined(state, await readServer(state, node), node, upstream)) return 'streams';
    await pause(50);
  }
  return 'it does not stream yet';
}
