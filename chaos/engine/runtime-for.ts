import { findLab, type LabState, runtimeHere } from '@firedrill/lab';
import type { Runtime } from './command-line.ts';

/** What a run's lab runs in. Nobody's lab is taken down because a run did not say. */
export async function runtimeFor(level: number, wanted: Runtime | undefined): Promise<LabState['runtime']> {
  if (wanted === 'auto') return runtimeHere();
  return wanted ?? (await findLab(level))?.runtime ?? 'native';
}
