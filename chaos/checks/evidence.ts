import type { Check } from '../report/verdict.ts';
import { eventsOf, type Run } from './run.ts';

/**
 * Is all there that the run kept? Each check looks at what it needs; a piece that has gone since makes the whole doubtful. What
 * could not be had in the first place is a piece too, and says so.
 */
export function checkEvidence(run: Run): Check {
  const name = 'evidence';
  const kept = eventsOf(run, 'evidence').at(-1)?.pieces;
  if (kept === undefined) {
    return { name, verdict: 'inconclusive', summary: 'The run did not come to its evidence.', evidence: [] };
  }
  const gone = kept.filter((piece) => !run.evidence.has(piece));
  const unread = [...run.missing, ...gone.map((piece) => `evidence/${piece}.json`)];
  if (unread.length > 0) {
    const summary = `Not all that was kept can be read: ${unread.join(', ')}.`;
    return { name, verdict: 'inconclusive', summary, evidence: unread };
  }
  const unanswered = kept.flatMap((piece) => {
    const problem = run.evidence.get(piece)?.problem;
    return problem === undefined ? [] : [`${piece}: ${problem}`];
  });
  const summary = `All ${kept.length} pieces are there${unanswered.length === 0 ? '' : `, ${unanswered.length} without an answer`}.`;
  return { name, verdict: 'pass', summary, evidence: unanswered };
}
