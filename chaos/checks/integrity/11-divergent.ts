import { isDeepStrictEqual } from 'node:util';
import type { AuditAnswer } from '../../target.ts';
import { reviewIdIn } from './answer.ts';
import type { Finding } from './finding.ts';
import type { IntegrityInput, Invariant } from './invariant.ts';

/** From here on a commit that is acknowledged is on a second server. */
const strictFrom = 4;

/**
 * 11. What only a primary of before a failover committed was acknowledged to nobody, whichever socket it came through. An answer to
 * which the new primary came as well is none of these.
 */
export const divergent: Invariant = (input) => {
  const violations: Finding[] = [];
  const unresolved: Finding[] = [];
  const admitted: Finding[] = [];
  let examined = 0;
  for (const { node, commits, answers, problem } of input.divergences) {
    examined += commits;
    if (problem !== undefined && input.level >= strictFrom)
      unresolved.push({ message: `what only ${node} has is not known: ${problem}` });
    for (const answer of answers) {
      const { customer, key, orderId } = answer;
      const attempts = input.history.keys.get(customer, key)?.attempts ?? [];
      const told = attempts.find(
        ({ outcome, response }) => outcome === 'ok' && isDeepStrictEqual(response, answer.body),
      );
      if (told === undefined || isKept(input, answer)) continue;
      const what = orderId === null ? `key ${key} of ${customer}` : `order ${orderId} (key ${key})`;
      (input.level < strictFrom ? admitted : violations).push({
        key,
        ...(orderId === null ? {} : { order: orderId }),
        message: `${what}: request ${told.id} was acknowledged by ${node} alone, and is thrown away with its history`,
      });
    }
  }
  return {
    invariant: 11,
    promise: 'what only a primary of before a failover has committed was acknowledged to nobody',
    examined,
    violations,
    unresolved,
    admitted,
  };
};

function isKept(
  { history, books }: IntegrityInput,
  { customer, key, status, orderId, body }: AuditAnswer,
): boolean {
  const kept = history.keys
    .get(customer, key)
    ?.rows.some((row) => row.answerStatus === status && row.orderId === orderId);
  const review = reviewIdIn({ response: body });
  if (kept !== true || review === undefined) return kept === true;
  return [...books.reviews.values()].some((rows) => rows.some((row) => row.id === review));
}
