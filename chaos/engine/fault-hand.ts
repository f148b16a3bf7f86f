import { FiredrillError } from '@firedrill/errors';
import type { Control } from '@firedrill/lab/control';
import type { GuardianClient } from '../guardian/guardian-client.ts';
import type { Healed } from '../guardian/heal.ts';
import { forgetRun, healWithoutGuardian } from '../guardian/recover.ts';
import type { PlannedFault } from '../journal/event.ts';
import type { JournalEntry } from '../journal/journal-writer.ts';
import type { Stop } from './stop.ts';

export interface FaultHandOptions {
  readonly guardian: GuardianClient;
  readonly control: Control;
  /** The lab's home. */
  readonly home: string;
  readonly record: (entry: JournalEntry) => void;
  readonly stop: Stop;
}

/** The runner's hand on the faults: the guardian's, and its own only when the guardian is gone. */
export class FaultHand {
  readonly #options: FaultHandOptions;
  #lost: boolean = false;
  #ending: boolean = false;

  constructor(options: FaultHandOptions) {
    this.#options = options;
    const { guardian, stop } = options;
    void guardian.halted.then(({ reason, healed }) => {
      this.#recordHealed(healed, 'guardian');
      stop.ask(reason, Math.max(0, ...healed.map(({ tookMs }) => tookMs)));
    });
    void guardian.lost.then(() => {
      if (this.#ending) return;
      this.#lost = true;
      stop.ask('the guardian is gone');
    });
  }

  /** Intent first, in the journal and in the guardian's own log; then the effect. @throws {FiredrillError} */
  async inject(fault: PlannedFault): Promise<void> {
    for (const effect of fault.effects) if (effect.atMs === undefined) await this.change(fault, effect);
  }

  /** One effect of a fault, now. @throws {FiredrillError} */
  async change(fault: PlannedFault, { action, undo }: PlannedFault['effects'][number]): Promise<void> {
    const { guardian, record, stop } = this.#options;
    const refuseWhenStopped = (): void => {
      if (stop.reason !== undefined) throw new FiredrillError('aborted', stop.reason);
    };
    refuseWhenStopped();
    record({ type: 'intent', epoch: guardian.epoch, fault: fault.id, action, undo });
    // Not written down, not done: a journal that fails stops the run.
    refuseWhenStopped();
    const tookMs = await guardian.apply(fault.id, action);
    record({ type: 'applied', fault: fault.id, action, tookMs });
  }

  /** Undoes one fault by its id, or all; by itself when the guardian is gone. @throws {FiredrillError} `heal-failed` */
  async heal(fault?: string): Promise<void> {
    if (!this.#lost) {
      try {
        this.#recordHealed(await this.#options.guardian.heal(fault), 'guardian');
        return;
      } catch (error) {
        if (!this.#lost) throw error;
      }
    }
    this.#recordHealed(await healWithoutGuardian(this.#options.home), 'runner');
  }

  /** Ends the guardian, and the lab with it when told so. */
  async finish(stopLab: boolean): Promise<void> {
    this.#ending = true;
    if (!this.#lost) {
      try {
        await this.#options.guardian.finish(stopLab);
        return;
      } catch {
        // Gone in between: what it would have done is ours now.
      }
    }
    if (stopLab) {
      await this.#options.control.stopLab();
      return;
    }
    await healWithoutGuardian(this.#options.home);
    forgetRun(this.#options.home);
  }

  #recordHealed(healed: readonly Healed[], by: 'guardian' | 'runner'): void {
    for (const { fault, undo, tookMs } of healed)
      this.#options.record({ type: 'healed', fault, undo, tookMs, by });
  }
}
