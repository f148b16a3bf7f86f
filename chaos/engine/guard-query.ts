import type { Plan } from '../journal/event.ts';

export type GuardQuery = Plan['abort']['queries'][number];

/** `sum(up) < 3` in words. */
export const describeGuard = ({ query, above, below }: GuardQuery): string =>
  above === undefined ? `${query} is below ${below}` : `${query} is above ${above}`;

/** Pure: the first of the values that the guard does not stand; NaN is no value. */
export const offending = (
  { above = Number.POSITIVE_INFINITY, below = Number.NEGATIVE_INFINITY }: GuardQuery,
  values: readonly number[],
): number | undefined => values.find((value) => value > above || value < below);
