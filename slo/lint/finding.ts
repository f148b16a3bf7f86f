/** Something in a spec or windows file that would make an alert lie. */
export interface Finding {
  /** Relative to the repository: `slo/specs/level-1.yaml`. */
  readonly file: string;
  /** `slos.checkout-latency.objective`. */
  readonly field: string;
  readonly problem: string;
  /** What to do, as an imperative sentence. */
  readonly fix: string;
}

/** File and field of a part of one SLO. */
export type FindingPlace = (field: string) => Pick<Finding, 'file' | 'field'>;

/** `slo/specs/level-1.yaml: slos.x.objective: … : …` */
export const findingLine = ({ file, field, problem, fix }: Finding): string =>
  `${file}: ${field}: ${problem}: ${fix}`;
