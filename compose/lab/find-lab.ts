import { FiredrillError } from '@firedrill/errors';
import { labHome } from './control/lab-home.ts';
import { readLabState } from './control/lab-state-file.ts';
import { bootId } from './control/process-table.ts';
import { recoverAbandoned } from './control/recover-abandoned.ts';
import { runnerOf } from './control/runner-of.ts';
import type { LabState } from './state.ts';

/** This checkout's lab of that level, when whoever runs its nodes answers. */
export async function findLab(level: number): Promise<LabState | undefined> {
  const state = readLabState(labHome(level));
  if (state === undefined || state.bootId !== bootId()) return undefined;
  return (await runnerOf(state).answers()) ? state : undefined;
}

/**
 * The running lab, after what a killed run left in it is healed.
 * @throws {FiredrillError} `lab-not-running`.
 */
export async function requireLab(level: number): Promise<LabState> {
  await recoverAbandoned(labHome(level));
  const state = await findLab(level);
  if (state !== undefined) return state;
  throw new FiredrillError('lab-not-running', `no lab of level ${level} runs in this checkout`, {
    fix: `run \`pnpm lab up --level ${level}\``,
  });
}
