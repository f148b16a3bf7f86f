import { readLedger } from '../ledger/ledger-reader.ts';
import type { EvidenceWindow } from './evidence-window.ts';
import type { SampleTraces } from './signal-questions.ts';

/** Picks the slowest bad (else the slowest) checkout under the fault, and the last good one before it. */
export async function sampleTraces(ledger: string, window: EvidenceWindow): Promise<SampleTraces> {
  const { faultFromMs = window.fromMs, faultToMs = window.toMs } = window;
  const dues = new Map<number, number>();
  let good: string | undefined;
  let bad: { readonly traceId: string; readonly rank: number } | undefined;
  for await (const entry of readLedger(ledger)) {
    if (entry.type === 'invoke') {
      if (entry.operation === 'checkout' && entry.retryOf === undefined) dues.set(entry.id, entry.due);
      continue;
    }
    const due = dues.get(entry.id);
    if (due === undefined || entry.traceId === undefined) continue;
    dues.delete(entry.id);
    if (due < faultFromMs) {
      if (entry.sli === 'good') good = entry.traceId;
    } else if (due < faultToMs) {
      const rank = (entry.sli === 'bad' ? 1e9 : 0) + entry.latencyMs;
      if (rank > (bad?.rank ?? -1)) bad = { traceId: entry.traceId, rank };
    }
  }
  return { bad: bad?.traceId, good };
}
