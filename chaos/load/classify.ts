import type { Result } from '../ledger/entry.ts';

/** What came back for one request, before it is judged. */
export interface Answer {
  /** Absent when no status line came. */
  readonly status?: number;
  /** Absent for an answer that came whole; else why it did not: `timeout`, `closed`, `ECONNREFUSED` … */
  readonly transportError?: string;
  /** The problem document's `code`. */
  readonly problemCode?: string;
}

/** The client's own mistake or its card's: the service did what it should. */
const EXCLUDED = new Set([400, 401, 402, 403, 404, 409, 422]);

/** 409 with one of these codes: an earlier attempt with the same key has no answer yet, so this is none either. */
const IN_FLIGHT_CODES: ReadonlySet<string> = new Set(['idempotency-key-in-flight']);

/** Cut by the load client because its own parent went away: says nothing about the service. */
export const CLIENT_STOPPED = 'client-stopped';

/** Pure: what an answer means for the ledger (did it happen?) and for the SLIs (was the user served?). */
export function classify(answer: Answer): Pick<Result, 'type' | 'sli'> {
  const { status, transportError, problemCode } = answer;
  if (transportError === CLIENT_STOPPED) return { type: 'unknown', sli: 'excluded' };
  if (transportError !== undefined || status === undefined) return { type: 'unknown', sli: 'bad' };
  if (status >= 200 && status < 300) return { type: 'ok', sli: 'good' };
  const sli = EXCLUDED.has(status) ? 'excluded' : 'bad';
  if (status >= 500) return { type: 'unknown', sli };
  if (status === 409 && problemCode !== undefined && IN_FLIGHT_CODES.has(problemCode))
    return { type: 'unknown', sli };
  return { type: 'refused', sli };
}
