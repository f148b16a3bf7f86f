import type { Condition } from './condition.ts';
import type { FrontMatter } from './front-matter.ts';
import type { LevelRange } from './level-range.ts';

/** The sections of every runbook, in this order. */
export const runbookSections = [
  'Meaning',
  'Impact',
  'Diagnosis',
  'Mitigation',
  'Verify recovery',
  'Rollback',
  'Escalation',
] as const;

/** Where an answer leads. */
export type Target =
  /** A heading below `## Mitigation`, as GitHub links it. */
  | { readonly kind: 'mitigation'; readonly slug: string }
  | { readonly kind: 'escalation' }
  | { readonly kind: 'runbook'; readonly alert: string };

/** One line of the table below a query or command: an answer, and what to do then. */
export interface Branch {
  readonly answer: Condition;
  /** As it stands there: `any > 0.1`. */
  readonly words: string;
  readonly advice: string;
  /** In this order; none: on with the next question. */
  readonly targets: readonly Target[];
  /** Word in capitals → the label of the row that it stands for: `NODE` → `instance`. */
  readonly names: Readonly<Record<string, string>>;
}

/** What must be answered, and for how long without a break. */
export interface Expectation {
  readonly answer: Condition;
  readonly words: string;
  /** Seconds; 0: once is enough. */
  readonly holdSeconds: number;
}

export interface CodeBlock {
  /** `sh`, `promql` or `logql`. */
  readonly language: string;
  readonly text: string;
  /** The section that it stands in. */
  readonly section: string;
  readonly levels: LevelRange;
  /** The question that it answers, where it stands below one. */
  readonly question: string | undefined;
  readonly branches: readonly Branch[];
  readonly expect: Expectation | undefined;
}

/** Something that an operator can do about it. */
export interface Mitigation {
  readonly title: string;
  readonly slug: string;
  readonly levels: LevelRange;
  readonly blocks: readonly CodeBlock[];
  /** Who is told what. */
  readonly communicate: string | undefined;
  /** It does not end the harm: whoever can is called. */
  readonly escalate: string | undefined;
}

export interface Runbook extends FrontMatter {
  /** Relative to the repository, as in the alert's `runbook_url`. */
  readonly path: string;
  readonly sections: readonly string[];
  /** Commands and queries, in order. */
  readonly blocks: readonly CodeBlock[];
  readonly mitigations: readonly Mitigation[];
  /** The lines of `## Escalation`. */
  readonly escalation: readonly string[];
  /** Markdown without the front matter. */
  readonly body: string;
}
