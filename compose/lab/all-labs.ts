import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { labsFolder } from './control/lab-home.ts';
import { readLabState } from './control/lab-state-file.ts';
import type { LabState } from './state.ts';

/** Every lab of this user that has a folder, of whatever checkout, whether it runs or not. */
export function allLabs(folder = labsFolder()): readonly LabState[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // no lab was ever started
  }
  return names.map((name) => readLabState(join(folder, name))).filter((state) => state !== undefined);
}
