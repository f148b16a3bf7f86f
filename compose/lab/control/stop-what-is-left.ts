import { readLabState } from './lab-state-file.ts';
import { runnerOf } from './runner-of.ts';
import { stopLab } from './stop-lab.ts';

/** Takes down whatever there is of a lab, whole or killed half-way; one whose file is gone, or not ours to read, by its processes alone. */
export async function stopWhatIsLeft(lab: { readonly labId: string; readonly home: string }): Promise<void> {
  const state = readLabState(lab.home);
  await (state === undefined ? stopLab(lab) : runnerOf(state).stopLab());
}
