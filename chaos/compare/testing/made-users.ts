import type { RunTimes } from '../../checks/run-times.ts';
import type { Operation } from '../../ledger/operations.ts';

const injectedMs = 60_000;
const holdMs = 30_000;
const endMs = 120_000;

/** A load of a minute, a fault of half a minute, and half a minute more; ms from the start of the load. */
export const madeTimes: RunTimes = {
  plannedMs: 0,
  historyToMs: undefined,
  loadFromMs: 0,
  loadToMs: endMs,
  injectedMs,
  healedMs: injectedMs + holdMs,
  settledMs: endMs,
  mitigatedMs: undefined,
  answeredMs: undefined,
  endMs,
  faults: [],
};

/**
 * A request every 100 ms, each fourth of them a write that is acknowledged 10 ms later. @param fails after the injection, ms: of a write, or of
 * a read; such a one is answered after 800 ms.
 */
export function madeUsers(fails: (afterMs: number, write: boolean) => boolean): readonly Operation[] {
  return Array.from({ length: endMs / 100 }, (_, id): Operation => {
    const due = id * 100;
    const write = id % 4 === 0;
    const bad = fails(due - injectedMs, write);
    const latencyMs = bad ? 800 : 10;
    return {
      invoke: {
        type: 'invoke',
        id,
        at: due,
        due,
        operation: write ? 'checkout' : 'browse',
        customer: 'c-1',
        write,
        method: write ? 'POST' : 'GET',
        path: '/',
      },
      result: {
        type: bad ? 'unknown' : 'ok',
        id,
        at: due + latencyMs,
        latencyMs,
        sli: bad ? 'bad' : 'good',
      },
    };
  });
}
