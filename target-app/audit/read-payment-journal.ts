import { readJournalLines } from '../src/payment-provider/journal-lines.ts';
import type { AuditPayment } from './snapshot.ts';

/** Reads the provider's own journal; a torn last line (the process died while writing) was never acknowledged. */
export async function readPaymentJournal(path: string): Promise<readonly AuditPayment[]> {
  const { entries } = await readJournalLines(path);
  return entries.map(({ key, orderId, operation, result, cents, at }) => ({
    key,
    orderId,
    operation,
    result,
    cents,
    at,
  }));
}
