import { databaseUrl, type LabState, paymentJournalPath, stateNow } from '@firedrill/lab';
import type { AuditSource, Target } from '../target.ts';
import { reason } from './ask.ts';
import type { Piece } from './piece.ts';

/** Where this lab's books are now: the primary straight, and the provider's own journal. */
export async function auditSourceOf(lab: LabState): Promise<AuditSource> {
  return { databaseUrls: [databaseUrl(await stateNow(lab))], paymentJournal: paymentJournalPath(lab) };
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
