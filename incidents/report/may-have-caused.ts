import type { Incident } from '../pager/incident.ts';

/** Pure: whether a run may have to do with an incident: what was over when it began, by the moment in its id, has not. */
export function mayHaveCaused(
  run: string,
  { recoveredAt, resolved }: Pick<Incident, 'recoveredAt' | 'resolved'>,
): boolean {
  const over = recoveredAt ?? resolved?.at;
  if (over === undefined) return true;
  const digits = over.replaceAll(/[-:]/g, '');
  return run.slice(0, 15) <= `${digits.slice(0, 8)}-${digits.slice(9, 15)}`;
}
