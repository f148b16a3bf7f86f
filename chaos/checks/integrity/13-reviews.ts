import type { AuditReview } from '../../target.ts';
import { reviewIdIn } from './answer.ts';
import type { Attempt } from './attempt.ts';
import type { Finding } from './finding.ts';
import type { Invariant } from './invariant.ts';
import type { KeyHistory } from './joined.ts';

/**
 * 13. Each acknowledged review is there once, with the stars and words that were sent, by somebody who bought the article; none is
 * there that nobody sent.
 */
export const reviews: Invariant = ({ history, books, losses }) => {
  const violations: Finding[] = [];
  const admitted: Finding[] = [];
  let examined = 0;
  for (const [name, keys] of history.reviews) {
    const rows = books.reviews.get(name) ?? [];
    for (const key of keys) {
      examined += 1;
      const wrong = key.acknowledged === undefined ? undefined : departure(key.acknowledged, rows);
      if (wrong === undefined) continue;
      const findings = losses.keys.has(key) ? admitted : violations;
      findings.push({ key: key.key, message: `a review by ${key.customer} (key ${key.key}) ${wrong}` });
    }
  }
  for (const [name, rows] of books.reviews) {
    for (const row of rows) {
      examined += 1;
      const { id, customer, sku } = row;
      const report = (message: string) =>
        violations.push({ sku, message: `review ${id} of ${sku} by ${customer}: ${message}` });
      if (!row.bought) report('they never bought it');
      const asked = history.reviews.get(name)?.filter(mayHaveHappened) ?? [];
      if (!asked.some(({ attempts }) => attempts.some((attempt) => isSame(attempt.requestBody, row))))
        report('nobody sent it as it is, or who did was refused');
    }
  }
  return {
    invariant: 13,
    promise: 'each acknowledged review is there once, as it was sent, by a buyer; none that nobody sent',
    examined,
    violations,
    unresolved: [],
    admitted,
  };
};

function departure(told: Attempt, rows: readonly AuditReview[]): string | undefined {
  if (rows.length !== 1) return `was acknowledged and exists ${rows.length} times`;
  const row = rows[0]!;
  if (row.id !== reviewIdIn(told)) return `was acknowledged as ${reviewIdIn(told)}, it is ${row.id}`;
  if ((told.response as { readonly rating?: unknown }).rating !== row.rating)
    return `was acknowledged with other stars than its ${row.rating}`;
  return isSame(told.requestBody, row) ? undefined : 'differs from what was sent';
}

function mayHaveHappened({ acknowledged, everUnknown }: KeyHistory): boolean {
  return acknowledged !== undefined || everUnknown;
}

function isSame(body: unknown, { rating, title, text }: AuditReview): boolean {
  const sent = body as {
    readonly rating?: unknown;
    readonly title?: unknown;
    readonly text?: unknown;
  } | null;
  return sent?.rating === rating && sent.title === title && sent.text === text;
}
