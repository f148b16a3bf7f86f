import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type LabState, labStateSchema } from '../state.ts';
import { statePath } from './lab-home.ts';

/** `undefined` when there is no lab in this folder, or what is there was written by another version. */
export function readLabState(home: string): LabState | undefined {
  let text: string;
  try {
    text = readFileSync(statePath(home), 'utf8');
  } catch {
    return undefined;
  }
  try {
    const parsed = labStateSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: a reader never sees half of it. */
export function writeLabState(state: LabState): void {
  const path = statePath(state.home);
  writeFileSync(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
