import { grewBy, type Series } from '../../evidence/prometheus-samples.ts';
import type { Operation } from '../../ledger/operations.ts';

/** How a request ended, as far as a load balancer tells it apart. */
export const answerClasses = ['answered', 'refused', 'failed', 'none'] as const;
export type AnswerClass = (typeof answerClasses)[number];
export type Answers = Readonly<Record<AnswerClass, number>>;

export const noAnswers: Answers = { answered: 0, refused: 0, failed: 0, none: 0 };

/** Of a status; no status is no answer. */
export function classOf(status: number | undefined): AnswerClass {
  if (status === undefined) return 'none';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'answered';
}

const classOfCode: Readonly<Record<string, AnswerClass>> = {
  '1xx': 'answered',
  '2xx': 'answered',
  '3xx': 'answered',
  '4xx': 'refused',
  '5xx': 'failed',
};

/** What the users got, by the ledger. */
export function answersToUsers(operations: readonly Operation[]): Answers {
  const counts = { ...noAnswers };
  for (const { result } of operations) counts[classOf(result?.status)] += 1;
  return counts;
}

/** What HAProxy's counters grew by between two moments. */
export function answersBetween(series: readonly Series[], fromMs: number, toMs: number): Answers {
  const counts = { ...noAnswers };
  for (const { metric, samples } of series) {
    counts[classOfCode[metric['code'] ?? ''] ?? 'none'] += grewBy(samples, fromMs, toMs);
  }
  return counts;
}

export const totalOf = (answers: Answers): number =>
  answerClasses.reduce((sum, kind) => sum + answers[kind], 0);

/** Failed or without an answer; refused requests count as answered, for a load balancer does not know whose mistake it was. */
export function errorRatioOf(answers: Answers): number | undefined {
  const total = totalOf(answers);
  return total === 0 ? undefined : (answers.failed + answers.none) / total;
}

export function minus(left: Answers, right: Answers): Answers {
  return {
    answered: left.answered - right.answered,
    refused: left.refused - right.refused,
    failed: left.failed - right.failed,
    none: left.none - right.none,
  };
}
