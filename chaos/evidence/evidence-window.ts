/** The run's interesting times, milliseconds since the epoch. */
export interface EvidenceWindow {
  /** Start of the load. */
  readonly fromMs: number;
  /** Now, or the end of the settling. */
  readonly toMs: number;
  /** First injection and last heal, where there were any. */
  readonly faultFromMs?: number;
  readonly faultToMs?: number;
}
