import type { Divergence } from './divergence.ts';

/** Pure: what a server has alone, in one line for its log. */
export function describeDivergence({
  node,
  timeline,
  fork,
  end,
  commits,
  rows,
  problem,
}: Divergence): string {
  const bytes = fork === undefined || end === undefined ? '?' : positionOf(end) - positionOf(fork);
  const wal = `${bytes} bytes of WAL on timeline ${timeline ?? '?'}, from ${fork ?? '?'} to ${end ?? '?'}`;
  const tables = Map.groupBy(rows, ({ table }) => table);
  const named = [...tables].map(([table, some]) => `${some.length} in ${table}`).join(', ');
  const found = `${commits.length} commits, ${rows.length} rows${named === '' ? '' : ` (${named})`}`;
  const doubt = problem === undefined ? '' : `; that may not be all: ${problem}`;
  return `only ${node} has ${wal}: ${found}${doubt}`;
}

/** `1/2209A38` → bytes from the beginning of all WAL. */
function positionOf(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}
