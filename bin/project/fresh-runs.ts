/** All of a long measurement takes hours: what was measured within so many days may stand beside what is measured now. */
const freshDays = 7;

/** Pure: the runs that are young enough to be gone on with. @param day ISO date */
export function freshRuns<T extends { readonly date: string }>(
  runs: readonly T[],
  day: string,
): readonly T[] {
  const oldest = Date.parse(day) - freshDays * 86_400_000;
  return runs.filter(({ date }) => Date.parse(date) >= oldest);
}

/** Pure: `2026-11-23` or `2026-11-23 to 2026-11-25`. */
export function daysOf(runs: readonly { readonly date: string }[]): string {
  const days = runs.map(({ date }) => date).sort();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}
