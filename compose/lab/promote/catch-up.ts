import { setTimeout as pause } from 'node:timers/promises';
import { readServer, type ServerReading } from '../replication/read-server.ts';
import type { LabState } from '../state.ts';
import { known, learn, unfinished } from './promote-parts.ts';

const deadlineMs = 30_000;

/** What was received may end in the midst of a record, which is never replayed: then it stands still before the end. */
const standStillMs = 1000;

/** Waits until all that was received is replayed, and keeps how far that is: what comes later is lost. */
export async function catchUp(state: LabState, node: string): Promise<string> {
  const { fencedAt = new Date().toISOString(), lsn } = known(state);
  if (lsn !== undefined) return `up to ${lsn}`;
  learn(state, { fencedAt });
  const end = await endOfReplay(state, node);
  learn(state, {
    lsn: end.replayedLsn,
    position: end.replayedPosition,
    ...(end.lastReplayedAt === undefined ? {} : { lastReplayedAt: end.lastReplayedAt }),
  });
  return `up to ${end.replayedLsn}, committed ${end.lastReplayedAt ?? 'before it started'}`;
}

async function endOfReplay(state: LabState, node: string): Promise<ServerReading> {
  const until = performance.now() + deadlineMs;
  let last: ServerReading | undefined;
  let changedAt = performance.now();
  while (performance.now() < until) {
    const reading = await readServer(state, node);
    if (reading?.replayedPosition !== last?.replayedPosition) changedAt = performance.now();
    last = reading ?? last;
    if (last !== undefined && last.replayedPosition >= last.position) return last;
    if (last !== undefined && performance.now() - changedAt > standStillMs) return last;
    await pause(50);
  }
  throw unfinished(`${node} is still replaying what it received`);
}
