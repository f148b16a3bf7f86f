import type { ServerReading } from '../replication/read-server.ts';

/** A standby that has what another one misses. */
export interface Ahead {
  readonly node: string;
  /** How much more it received, bytes; `undefined`: it follows a newer timeline, so that positions do not compare. */
  readonly bytes: number | undefined;
}

/** Pure: the standbys that answer and have more than the target, the one with most first. */
export function whoIsAhead(
  target: ServerReading,
  servers: ReadonlyMap<string, ServerReading | undefined>,
): readonly Ahead[] {
  return [...servers.values()]
    .filter((one) => one !== undefined)
    .filter((one) => one.role === 'standby' && one.node !== target.node && compare(one, target) > 0)
    .toSorted((a, b) => compare(b, a))
    .map(({ node, timeline, position }) => ({
      node,
      bytes: timeline > target.timeline ? undefined : position - target.position,
    }));
}

const compare = (a: ServerReading, b: ServerReading): number =>
  a.timeline - b.timeline || a.position - b.position;

/** Pure: e.g. `pg-3 has 120 B more`. */
export const describeAhead = ({ node, bytes }: Ahead): string =>
  bytes === undefined ? `${node} is on a newer timeline` : `${node} has ${describeBytes(bytes)} more`;

export const describeBytes = (count: number): string =>
  Math.abs(count) < 10_000 ? `${Math.max(0, count)} B` : `${Math.max(0, Math.round(count / 1000))} kB`;
