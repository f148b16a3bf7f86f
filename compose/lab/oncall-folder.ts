import { join } from 'node:path';
import { labScope, thisCheckout } from './control/lab-home.ts';
import type { LabState } from './state.ts';

/**
 * Where what concerns the people on call lives on when the lab is gone: beside the runs, in the checkout. Labs of another scope
 * have one of their own.
 */
export function oncallFolder(checkout = thisCheckout, scope = labScope()): string {
  return join(checkout, '.firedrill', scope === '' ? 'oncall' : `oncall-${encodeURIComponent(scope)}`);
}

/** `0a1b2c3d-l1-20261123T045557123Z`: one start of a lab, and so one life of its receiver's numbers. */
export function labName({ labId, startedAt }: Pick<LabState, 'labId' | 'startedAt'>): string {
  return `${labId}-${startedAt.replaceAll(/[-:.]/g, '')}`;
}

/** The receiver's own list of what reached it, JSON lines; where a compose file is started by hand, it is in a volume. */
export function receiverJournalPath(state: LabState, node = 'receiver-1'): string {
  return state.runtime === 'docker' && state.docker === undefined
    ? join(state.home, node, 'journal.jsonl')
    : join(oncallFolder(state.checkout, state.scope), `${labName(state)}.jsonl`);
}
