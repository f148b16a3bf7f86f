import { setTimeout as pause } from 'node:timers/promises';
import { isDefinite } from '../ledger/operations.ts';
import type { ExchangeLog } from './exchange-log.ts';
import type { PlannedRequest } from './plan-request.ts';
import type { LoadSettled } from './protocol.ts';
import { randomStream, shuffled } from './random.ts';

/** A write whose fate the client does not know. */
export interface UnknownWrite {
  /** The ledger's id of the first attempt. */
  readonly id: number;
  readonly planned: PlannedRequest;
}

export interface SettleOptions {
  readonly seed: number;
  readonly settleTries: number;
  readonly settlePauseMs: number;
}

const SETTLE_STREAM = 4;
const CONCURRENCY = 8;

/** Pure: a seeded half (rounded up) of the writes that have a key, in the order sent. */
export function chooseToRetry(unknown: readonly UnknownWrite[], seed: number): UnknownWrite[] {
  const keyed = unknown.filter((write) => write.planned.request.key !== undefined);
  return shuffled(keyed, randomStream(seed, SETTLE_STREAM))
    .slice(0, Math.ceil(keyed.length / 2))
    .sort((a, b) => a.id - b.id);
}

/**
 * Retries by key a half of the unknown writes until each has a definite answer; the other half stays as it is, so that the check
 * also sees what a user leaves who never comes back. These retries are not users' requests: no SLI counts them.
 */
export async function settle(
  log: ExchangeLog,
  unknown: readonly UnknownWrite[],
  options: SettleOptions,
  signal: AbortSignal,
): Promise<Omit<LoadSettled, 'type'>> {
  const chosen = chooseToRetry(unknown, options.seed);
  const queue = [...chosen];
  let resolved = 0;
  const work = async (): Promise<void> => {
    for (let write = queue.shift(); write !== undefined && !signal.aborted; write = queue.shift()) {
      if (await retry(log, write, options, signal)) resolved++;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return { unknown: unknown.length, retried: chosen.length, resolved, left: unknown.length - chosen.length };
}

async function retry(
  log: ExchangeLog,
  write: UnknownWrite,
  options: SettleOptions,
  signal: AbortSignal,
): Promise<boolean> {
  for (let tries = 0; tries < options.settleTries && !signal.aborted; tries++) {
    if (tries > 0) await pause(options.settlePauseMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return false;
    const { result } = await log.send(write.planned, performance.now(), write.id);
    if (isDefinite(result)) return true;
  }
  return false;
}
