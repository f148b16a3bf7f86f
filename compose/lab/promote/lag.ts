import type { ServerReading } from '../replication/read-server.ts';
import { describeAhead, describeBytes, whoIsAhead } from './ahead.ts';

/** Pure: how far the target is behind the primary, or, where that does not answer, how old its newest commit is. */
export function describeLag(
  target: ServerReading,
  servers: ReadonlyMap<string, ServerReading | undefined>,
  now: number,
): string {
  const primary = [...servers.values()].find((one) => one?.role === 'primary' && one !== target);
  const newest =
    target.lastReplayedAt === undefined
      ? 'it replayed no commit since it started'
      : `its newest commit is ${((now - Date.parse(target.lastReplayedAt)) / 1000).toFixed(1)} s old`;
  if (primary !== undefined) {
    const behind = describeBytes(primary.position - target.position);
    return `${target.node} is ${behind} behind ${primary.node}; ${newest}`;
  }
  const ahead = whoIsAhead(target, servers).map(describeAhead);
  return [`${target.node}: no primary answers; ${newest}`, ...ahead].join('; ');
}
