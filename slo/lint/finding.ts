/** Keys and indexes from the document's root: `['slos', 0, 'objective']`. */
export type Path = readonly (string | number)[];

/** Something in a spec or windows file that would make an alert lie, as a rule finds it. */
export interface Flaw {
  readonly path: Path;
  /** It is the key that is wrong, and not what it holds. */
  readonly key?: true;
  readonly problem: string;
  /** What to do, as an imperative sentence. */
  readonly fix: string;
}

/** Where in a file, for people and for editors. */
export interface Place {
  /** As it was named, or relative to the repository: `slo/specs/level-1.yaml`. */
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** `slos.checkout-latency.objective`: an SLO by its name. */
  readonly field: string;
}

export interface Finding extends Place {
  /** The rule that found it: `enough-events`. */
  readonly rule: string;
  readonly problem: string;
  readonly fix: string;
}

/** `slo/specs/level-1.yaml:12:16: slos.x.objective: … : … [enough-events]` */
export const findingLine = ({ file, line, column, field, problem, fix, rule }: Finding): string =>
  `${file}:${line}:${column}: ${field}: ${problem}: ${fix} [${rule}]`.replaceAll('\n', ' ');
