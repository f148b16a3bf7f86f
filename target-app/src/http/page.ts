/** Every UUID comes before it: where the first page of a list begins that goes backwards by id. */
export const greatestUuid = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * One page of rows of which one more was read than fits on it.
 * @returns as `last` the row behind which the next page begins; `undefined` on the last page.
 */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
): { readonly page: readonly T[]; readonly last: T | undefined } {
  const page = rows.slice(0, limit);
  return { page, last: rows.length > limit ? page.at(-1) : undefined };
}
