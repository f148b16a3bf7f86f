import { databaseServers, levelByNumber } from '@firedrill/topology';
import { z } from 'zod';
import { serversOf } from '../replication/servers.ts';
import type { LabState, Promotion } from '../state.ts';
import { askPatroni } from './patroni-api.ts';

/** Patroni's `/history`: a timeline, where it ended, why, when the next one began, and who began it. */
const historySchema = z.array(
  z.union([
    z.tuple([z.number(), z.number(), z.string(), z.string(), z.string()]).transform(lineOf),
    z.array(z.unknown()).transform(() => undefined), // one of a cluster that had no name for its leader yet
  ]),
);

type Line = ReturnType<typeof lineOf>;

function lineOf([timeline, lsn, , at, leader]: [number, number, string, string, string]) {
  return { timeline: timeline + 1, lsn, at: new Date(at).toISOString(), leader };
}

/** Every change of the leader, oldest first; `undefined` when no server answers. */
export async function readPromotions(state: LabState): Promise<readonly Promotion[] | undefined> {
  const ask = (node: string) => askPatroni(state, node, '/history', historySchema);
  const answers = (await Promise.all(serversOf(state).map(ask))).filter((answer) => answer !== undefined);
  const [longest] = answers.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return undefined;
  const [first] = databaseServers(levelByNumber(state.level));
  return promotionsOf(
    longest.filter((line) => line !== undefined),
    first?.name ?? '',
  );
}

/** Pure: a timeline that the leader of before has begun, as it does after a crash, is no change. */
export function promotionsOf(lines: readonly NonNullable<Line>[], first: string): readonly Promotion[] {
  let from = first;
  return lines.flatMap(({ timeline, lsn, at, leader }): Promotion[] => {
    if (leader === from) return [];
    const promotion = { from, to: leader, fencedAt: at, promotedAt: at, timeline, lsn: lsnText(lsn) };
    from = leader;
    return [promotion];
  });
}

/** As PostgreSQL writes a position: `0/3000060`. */
export function lsnText(position: number): string {
  const bits = BigInt(position);
  const hex = (value: bigint): string => value.toString(16).toUpperCase();
  return `${hex(bits >> 32n)}/${hex(bits & 0xffff_ffffn)}`;
}
