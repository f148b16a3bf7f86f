import type { Experiment } from '@firedrill/chaos';
import type { LeverName } from '@firedrill/lab/levers';
import type { Cause } from './cause.ts';

/** One thing that is the matter, and every answer that names it. */
export interface Answer {
  readonly components: readonly string[];
  readonly causes: readonly Cause[];
}

/**
 * What a drill may hide. `recovered`: levers serve the users again while the fault is in. `handed-over`: no lever ends it;
 * whoever can help is called. `left-alone`: nothing is broken, and nothing is to be done.
 */
export interface DrillScenario {
  readonly name: string;
  /** One line, told at the end. */
  readonly title: string;
  readonly level: number;
  /** A name of chaos/experiments, an experiment that is there for this alone, or nothing. */
  readonly experiment?: string | Experiment;
  readonly variant?: string;
  /** The page that whoever plays hears first, or near the first. */
  readonly alert?: string;
  readonly outcome: 'recovered' | 'handed-over' | 'left-alone';
  readonly answers: readonly Answer[];
  /** Each must be pulled, with its arguments; the first way of several that somebody went counts. */
  readonly levers: readonly string[];
  /** Do no good and no harm. */
  readonly harmless?: readonly LeverName[];
}
