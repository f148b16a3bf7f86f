/** A part of a run's result that was worked out again. */
export interface RecomputedPart {
  /** `verdict.json`, or what was asked again. */
  readonly what: string;
  /** What it was worked out from. */
  readonly from: string;
  /** How much was compared, with its unit: `412 figures`. */
  readonly compared: string;
  /** What is not as it was kept, one line each. */
  readonly differences: readonly string[];
  /** Why it could not be worked out, or not all of it. */
  readonly problem?: string;
}
