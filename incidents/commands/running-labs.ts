import { findLab, type LabState, labName } from '@firedrill/lab';
import { levels } from '@firedrill/topology';

/** The labs of this checkout that run, by the name that their notifications carry. */
export async function runningLabs(): Promise<ReadonlyMap<string, LabState>> {
  const found = await Promise.all(levels.map(({ number }) => findLab(number)));
  return new Map(found.filter((lab) => lab !== undefined).map((lab) => [labName(lab), lab]));
}
