import type { ServerReading } from '../replication/read-server.ts';

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
  const lag =
    primary === undefined
      ? `${target.node}: no primary answers; ${newest}`
      : `${target.node} is ${bytes(primary.position - target.position)} behind ${primary.node}; ${newest}`;
  const ahead = [...servers.values()].filter(
    (one) => one?.role === 'standby' && one.node !== target.node && one.position > target.position,
  );
  if (primary !== undefined) return lag;
  return [
    lag,
    ...ahead.map((one) => `${one?.node} has ${bytes((one?.position ?? 0) - target.position)} more`),
  ].join('; ');
}

const bytes = (count: number): string =>
  Math.abs(count) < 10_000 ? `${Math.max(0, count)} B` : `${Math.max(0, Math.round(count / 1000))} kB`;
