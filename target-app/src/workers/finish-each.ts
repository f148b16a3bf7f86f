import { DatabaseUnavailable } from '../data/database-errors.ts';
import { Deadline, DeadlineExceeded } from '../data/deadline.ts';
import type { OrderParts } from '../order/parts.ts';
import { PaymentUnavailable } from '../payment/payment-errors.ts';

export interface FinishEachOptions {
  /** Of one of them, milliseconds. */
  readonly deadlineMs: number;
  readonly finish: (id: string, deadline: Deadline) => Promise<void>;
  /** It is left to a later round. */
  readonly onPostponed: () => void;
}

/** One after the other. @throws what says that nothing can be done for any of them now. */
export async function finishEach(
  parts: Pick<OrderParts, 'logger'>,
  ids: readonly string[],
  { deadlineMs, finish, onPostponed }: FinishEachOptions,
): Promise<void> {
  for (const id of ids) {
    try {
      await finish(id, Deadline.in(deadlineMs));
    } catch (error) {
      onPostponed();
      if (isOutage(error)) throw error;
      // One that cannot be finished must not keep the others waiting.
      parts.logger.error({ err: error, id }, 'an order or a return could not be finished');
    }
  }
}

/** Nothing can be done for any order now: the next round tries again. */
function isOutage(error: unknown): boolean {
  if (error instanceof PaymentUnavailable) return error.reason !== 'refused';
  return error instanceof DatabaseUnavailable || error instanceof DeadlineExceeded;
}
