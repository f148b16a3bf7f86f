import { FiredrillError } from '@firedrill/errors';
import type { ActDraft } from '../pager/act.ts';
import type { Incident, IncidentStatus } from '../pager/incident.ts';
import type { ActOptions, Pager } from '../pager/pager.ts';

/** Where an incident is when an act has nothing left to do. */
const reachedBy: Readonly<Record<'acknowledge' | 'escalate' | 'resolve', readonly IncidentStatus[]>> = {
  acknowledge: ['acknowledged', 'recovered', 'resolved'],
  escalate: ['recovered', 'resolved'],
  resolve: ['resolved'],
};

/**
 * Acts on an incident as it was seen. What a player, or the end of its pages, has brought about in the same moment is as well.
 * @throws {FiredrillError} `act-refused` where it is not
 */
export function actUnlessReached(
  pager: Pager,
  { id }: Pick<Incident, 'id'>,
  draft: Extract<ActDraft, { readonly kind: keyof typeof reachedBy }>,
  options: ActOptions,
): void {
  try {
    pager.act(id, draft, options);
  } catch (error) {
    const isRefused = error instanceof FiredrillError && error.code === 'act-refused';
    if (!isRefused || !reachedBy[draft.kind].includes(pager.find(id).status)) throw error;
  }
}
