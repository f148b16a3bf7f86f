import type { Experiment } from '@firedrill/chaos';
import type { LeverName } from '@firedrill/lab/levers';
import type { Outcome } from '../runbook/walk.ts';

/** A page, a fault that raises it, and what its runbook must make of it while the fault is in. */
export interface Scenario {
  readonly alert: string;
  /** A name of chaos/experiments, or an experiment that is there for this alone. */
  readonly experiment: string | Experiment;
  readonly variant?: string;
  readonly level: number;
  /** How long the users are served before it, ms; the experiment's where nothing is said. */
  readonly controlMs?: number;
  /** `degraded` where no lever helps: it limits the harm, and names whom to tell and whom to call. */
  readonly outcome: Outcome;
  /** Pulled by the runbook, in this order. */
  readonly levers: readonly LeverName[];
  /** How the users must fare from the runbook's last lever to the heal, or from its end where it pulls none; nothing where it ends degraded. */
  readonly served?: NonNullable<Experiment['hypotheses']>;
  /** Checks of the run that the fault itself breaks for good, whatever anybody does. */
  readonly broken?: readonly string[];
}

/** `CheckoutAvailability × lose-api @1`. */
export const nameOf = ({ alert, experiment, variant, level }: Scenario): string => {
  const name = typeof experiment === 'string' ? experiment : experiment.name;
  return `${alert} × ${name}${variant === undefined ? '' : `:${variant}`}@${level}`;
};
