/** Shared by all that have none: most have none of most things, and there may be a million. */
export const none: readonly never[] = [];

/**
 * How far behind the last place found the next one is looked for, before a map is asked: tables tell of the same orders in much the
 * same order, and the neighbours of what was read last cost a fraction of a place anywhere among a million.
 */
export const near = 24;

/** Appends. Most lists end with one or two rows: an array that grows by itself would make room for seventeen. */
export function added<T>(rows: readonly T[], row: T): readonly T[] {
  if (rows.length === 0) return [row];
  if (rows.length === 1) return [rows[0]!, row];
  (rows as T[]).push(row);
  return rows;
}

/** Appends several; `more` is the list itself where there was none. */
export function addedAll<T>(rows: readonly T[], more: readonly T[]): readonly T[] {
  if (rows.length === 0) return more;
  return more.reduce(added, rows);
}

/** Takes the rows of one order that follow each other, as they mostly do, at once. */
export function eachRun<T extends { readonly orderId: string }>(
  rows: readonly T[],
  take: (order: string, run: readonly T[]) => void,
): void {
  let from = 0;
  for (let to = 1; to <= rows.length; to++) {
    const order = rows[from]!.orderId;
    if (rows[to]?.orderId === order) continue;
    take(order, rows.slice(from, to));
    from = to;
  }
}
