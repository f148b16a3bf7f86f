import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '../state.ts';

/** The lever is none of this level, or would do harm now. Nothing was changed. */
export const leverRefused = (message: string, fix?: string): FiredrillError =>
  new FiredrillError('lever-refused', message, fix === undefined ? {} : { fix });

/** A lever that was begun and did not come to its end. The same command goes on from there. */
export const leverUnfinished = (message: string): FiredrillError =>
  new FiredrillError('control-failed', message, { fix: 'run the same command again' });

/** @throws {FiredrillError} `lever-refused` for a lab in containers: levers change files and processes of this machine. */
export function requireReach({ runtime }: Pick<LabState, 'runtime'>): void {
  if (runtime === 'native') return;
  throw leverRefused('an operator’s levers do not reach a lab in containers', 'take --runtime native');
}
