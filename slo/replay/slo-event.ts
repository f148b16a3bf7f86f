/** One request that counts for an SLO. */
export interface SloEvent {
  /** When its outcome was known (the counter went up), ms; any epoch. */
  readonly timeMs: number;
  readonly outcome: 'good' | 'bad';
}
