import { FiredrillError } from '@firedrill/errors';
import type { NodeRunner } from '../control/node-runner.ts';
import type { LabState } from '../state.ts';
import { type Pending, readPending, writePending } from './pending.ts';

/** What the steps work on. */
export interface PromoteParts {
  readonly state: LabState;
  readonly runner: NodeRunner;
}

/** What this promotion learnt so far. */
export function known(state: Pick<LabState, 'home'>): Pending {
  const pending = readPending(state.home);
  if (pending === undefined) throw new FiredrillError('internal', 'the promotion forgot what it learnt');
  return pending;
}

/** Kept over a crash of the promoting process. */
export function learn(state: Pick<LabState, 'home'>, facts: Partial<Pending>): void {
  writePending(state.home, { ...known(state), ...facts });
}

/** A step that did not come to its end. The same promotion, begun again, goes on from there. */
export const unfinished = (message: string): FiredrillError =>
  new FiredrillError('control-failed', message, { fix: 'run the same command again' });
