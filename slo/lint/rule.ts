import type { Level } from '@firedrill/topology';
import type { Spec } from '../catalogue/spec.ts';
import type { Slo } from '../catalogue.ts';
import type { Clock } from '../clock.ts';
import type { AlertWindows } from '../windows.ts';
import type { Flaw } from './finding.ts';

/** A spec whose shape is right, and what it must fit. */
export interface SpecToLint {
  readonly spec: Spec;
  /** In the order of `spec.slos`. */
  readonly slos: readonly Slo[];
  /** `undefined` when the spec is no level's: nobody declared its load. */
  readonly level: Level | undefined;
  readonly windows: Readonly<Partial<Record<Clock, AlertWindows>>>;
  /** Sloth's id → another file that has it too. */
  readonly takenIds: ReadonlyMap<string, string>;
}

/** Alert windows whose shape is right, and what they must fit. */
export interface WindowsToLint {
  readonly clock: Clock;
  readonly windows: AlertWindows;
  /** What the others must be a scaled copy of. */
  readonly production: AlertWindows;
  /** What alerts on these windows and is not linted beside them. */
  readonly slos: readonly Slo[];
}

/** Pure: finds one kind of thing that `sloth validate` lets through. */
export interface LintRule<Input> {
  readonly name: string;
  readonly find: (input: Input) => readonly Flaw[];
}
