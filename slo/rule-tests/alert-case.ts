import type { Slo } from '../catalogue.ts';
import type { Severity } from '../windows.ts';

/** A steady error ratio for a while, seen from a moment after it. */
export interface PastFault {
  readonly errorRatio: number;
  readonly lastedSeconds: number;
  /** How long it has been over; 0 while it is in. */
  readonly endedSecondsAgo: number;
}

/** What an alert must say at one moment, of SLOs that do not disturb each other. */
export interface AlertCase {
  readonly name: string;
  readonly severity: Severity;
  readonly fires: boolean;
  readonly faults: ReadonlyMap<Slo, PastFault>;
  /** How long the traffic has been even; before that there was many times as much. */
  readonly evenSeconds: number;
  /** Of an SLO's operations the one whose turn it is has all the traffic. */
  readonly turn: number;
}
