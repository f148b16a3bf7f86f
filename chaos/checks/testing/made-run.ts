import type { JournalEvent } from '../../journal/event.ts';
import type { Operation } from '../../ledger/operations.ts';
import { fixturePlan } from '../../report/testing/fixture-journal.ts';
import type { Run } from '../run.ts';

export type Outage = readonly [fromMs: number, toMs: number];

export interface Made {
  /** How long its load lasts, ms. */
  readonly endMs: number;
  readonly outages: readonly Outage[];
  readonly injectedMs?: number;
  readonly historyToMs?: number | undefined;
  readonly events?: readonly JournalEvent[];
}

/** A run at level 1 whose users check out twice a second, as in the quiet history, and all fail in the outages. From 0 ms. */
export const madeRun = ({ endMs, outages, injectedMs, historyToMs, events = [] }: Made): Run =>
  ({
    plan: fixturePlan,
    times: { loadFromMs: 0, loadToMs: endMs, endMs, plannedMs: 0, injectedMs, historyToMs },
    events,
    evidence: new Map(),
    operations: Array.from({ length: endMs / 500 }, (_, id) => checkout(id, outages)),
  }) as unknown as Run;

function checkout(id: number, outages: readonly Outage[]): Operation {
  const at = id * 500;
  const bad = outages.some(([from, to]) => at >= from && at < to);
  const about = { operation: 'checkout', customer: 'c', write: true, method: 'POST', path: '/' };
  return {
    invoke: { type: 'invoke', id, at, due: at, ...about },
    result: { type: bad ? 'unknown' : 'ok', id, at, latencyMs: 10, sli: bad ? 'bad' : 'good' },
  };
}
