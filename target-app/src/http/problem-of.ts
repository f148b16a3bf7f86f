import { DatabaseUnavailable } from '../data/database-errors.ts';
import { DeadlineExceeded } from '../data/deadline.ts';
import { PaymentUnavailable } from '../payment/payment-errors.ts';
import { Problem } from './problem.ts';
import type { ProblemCode } from './problems.ts';

/** What body-parser and Express call their errors; any other 4xx of theirs is an invalid request. */
const byType: Readonly<Record<string, ProblemCode>> = {
  'entity.parse.failed': 'malformed-json',
  'entity.too.large': 'body-too-large',
  'encoding.unsupported': 'unsupported-media-type',
  'charset.unsupported': 'unsupported-media-type',
};

/** Any error as a problem. What is not foreseen is `internal`, and its message stays inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DeadlineExceeded) return new Problem('deadline-exceeded', { cause: error });
  if (error instanceof DatabaseUnavailable) {
    return new Problem(error.reason === 'busy' ? 'busy' : 'database-unavailable', { cause: error });
  }
  if (error instanceof PaymentUnavailable) {
    return new Problem(error.reason === 'timeout' ? 'payment-timeout' : 'payment-unavailable', {
      cause: error,
    });
  }
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500) {
    const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
    return new Problem(byType[type] ?? 'invalid-request', { cause: error });
  }
  return new Problem('internal', { cause: error });
}
