import { FiredrillError } from '@firedrill/errors';
import { readLabState, writeLabState } from '../control/lab-state-file.ts';
import type { LabState, Promotion } from '../state.ts';
import { known } from './promote-parts.ts';

/** Writes the new primary and the promotion into lab.json, once. */
export function record(given: LabState): string {
  const state = readLabState(given.home) ?? given;
  const { from, to, fencedAt, promotedAt, timeline, lsn, lastReplayedAt } = known(state);
  if (fencedAt === undefined || promotedAt === undefined || timeline === undefined || lsn === undefined) {
    throw new FiredrillError('internal', `the promotion of ${to} does not know what it did`);
  }
  const promotion: Promotion = {
    ...{ fencedAt, promotedAt, from, to, timeline, lsn },
    ...(lastReplayedAt === undefined ? {} : { lastReplayedAt }),
  };
  const others = state.promotions.filter((one) => one.timeline !== timeline);
  writeLabState({ ...state, primary: to, promotions: [...others, promotion] });
  return `promotion ${others.length + 1} of this lab`;
}
