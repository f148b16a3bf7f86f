import { mkdir } from 'node:fs/promises';
import { writeLabState } from '../control/lab-state-file.ts';
import type { LabState } from '../state.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** How long a second command waits for the first to finish its start, ms. */
export const waitForOtherMs = 120_000;

/**
 * Gives a lab its folder and what it has of this machine alone, one lab at a time, and writes both down before anybody else looks.
 * @param choose ports or addresses that no other lab has.
 */
export function reserveLab<State extends LabState>(choose: () => Promise<State>): Promise<State> {
  return oneAtATime('ports', waitForOtherMs, async () => {
    const state = await choose();
    await mkdir(state.home, { recursive: true, mode: 0o700 });
    writeLabState(state);
    return state;
  });
}
