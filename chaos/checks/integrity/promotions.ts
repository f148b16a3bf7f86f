import type { KeyHistory } from './joined.ts';

/** What is known of a standby that was made the primary, as the lab's state has it. */
export interface Promotion {
  /** ISO 8601. */
  readonly fencedAt: string;
  readonly promotedAt: string;
  readonly from: string;
  readonly to: string;
  /** Commit time of the last transaction that the new primary had replayed. */
  readonly lastReplayedAt?: string | undefined;
}

/** The time whose acknowledged writes a promotion may have taken with it; ms since the epoch. */
export interface Window {
  /** The new primary has everything that was committed until then. */
  readonly afterMs: number;
  /** The old primary took nothing more: what was sent later was acknowledged by nobody who may forget it. */
  readonly untilMs: number;
  readonly to: string;
}

/** Replicas that follow asynchronously; below there is none, above no acknowledged write may be lost. */
const levelsThatMayLose: readonly number[] = [3];

/** Pure. A promotion of which nobody knows how far it had replayed excuses nothing. */
export function lossWindows(level: number, promotions: readonly Promotion[]): readonly Window[] {
  if (!levelsThatMayLose.includes(level)) return [];
  return promotions.flatMap(({ lastReplayedAt, fencedAt, to }) =>
    lastReplayedAt === undefined
      ? []
      : [{ afterMs: Date.parse(lastReplayedAt), untilMs: Date.parse(fencedAt), to }],
  );
}

/**
 * The promotion that may have lost an acknowledged write: it was first acknowledged after what the new primary knew, and
 * never again by one that was sent after the old one was fenced.
 */
export function windowOf(
  windows: readonly Window[],
  { acknowledged, attempts }: KeyHistory,
): Window | undefined {
  if (acknowledged === undefined) return undefined;
  return windows.find(
    ({ afterMs, untilMs }) =>
      acknowledged.at > afterMs &&
      attempts.every((attempt) => attempt.outcome !== 'ok' || attempt.sentAt <= untilMs),
  );
}

/** The promotion that may have lost what nobody acknowledged. */
export function windowOfUnknown(windows: readonly Window[], { attempts }: KeyHistory): Window | undefined {
  return windows.find(({ afterMs, untilMs }) =>
    attempts.some(({ outcome, at, sentAt }) => outcome === 'unknown' && at > afterMs && sentAt <= untilMs),
  );
}

/** The promotion that may have lost a refusal, as when an order was given up and is carried out after all. */
export function windowOfRefusal(windows: readonly Window[], { refused }: KeyHistory): Window | undefined {
  if (refused === undefined) return undefined;
  return windows.find(({ afterMs, untilMs }) => refused.at > afterMs && refused.sentAt <= untilMs);
}

/** Who had begun before the fence may call the provider, and answer, until its own deadline. */
const lastCallsMs = 10_000;

/** The promotion that may have taken what happened at this time: why the provider moved money, what a customer was shown. */
export function windowOfTime(windows: readonly Window[], atMs: number): Window | undefined {
  return windows.find(({ afterMs, untilMs }) => atMs > afterMs && atMs <= untilMs + lastCallsMs);
}
