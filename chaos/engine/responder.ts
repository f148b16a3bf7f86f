import type { LabState } from '@firedrill/lab';
import type { Lever } from '@firedrill/lab/levers';

/** What somebody who is on call gets to know of a run: where it is. Nothing of its plan, its faults, its journal. */
export interface Page {
  readonly lab: LabState;
  /** The run has ended: nobody needs to go on. */
  readonly signal: AbortSignal;
  /** What they do to the lab is written down. */
  readonly noteLever: (lever: Lever) => (state: 'begun' | 'step' | 'done' | 'failed', text: string) => void;
}

/** Whoever follows the runbook of an alert, and lets what came of it stand for so long, ms. */
export type OpenResponder = (alert: string, holdMs: number) => Promise<Responder>;

/** Answers a run while its faults stay in. They are healed when it has ended, or at their planned time. */
export interface Responder {
  /** The page that is answered: a run may page for several at once. Without one it is asked when the control is over. */
  readonly alert?: string;
  /** How long the faults stay in afterwards, ms: time to see whether what was done holds. */
  readonly holdMs: number;
  respond(page: Page): Promise<void>;
  /** The faults are gone: what was switched on for their sake is switched off. */
  standDown(page: Page): Promise<void>;
}
