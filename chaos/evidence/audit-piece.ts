import { databaseUrl, type LabState, paymentJournalPath } from '@firedrill/lab';
import { readLabState } from '@firedrill/lab/control';
import type { AuditSource, Target } from '../target.ts';
import { reason } from './ask.ts';
import type { Piece } from './piece.ts';

/** The lab as it is now: a promotion during the run changed its primary. */
export function labNow(lab: LabState): LabState {
  return readLabState(lab.home) ?? lab;
}

/** Where this lab's books are now: the primary straight, and the provider's own journal. */
export function auditSourceOf(lab: LabState): AuditSource {
  return { databaseUrls: [databaseUrl(labNow(lab))], paymentJournal: paymentJournalPath(lab) };
}

/** Reads the target's books, with the state machine by which they are to be judged. */
export async function auditPiece(
  name: string,
  what: string,
  target: Target,
  source: AuditSource,
): Promise<Piece> {
  const about = {
    piece: name,
    what,
    source: target.name,
    request: 'the databases directly and the payment provider’s journal',
    at: new Date().toISOString(),
  };
  try {
    return { ...about, answer: { states: target.states, snapshot: await target.audit(source) } };
  } catch (error) {
    return { ...about, answer: null, problem: reason(error) };
  }
}
