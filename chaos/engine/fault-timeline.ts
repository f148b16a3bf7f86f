import type { EvidenceWindow } from '../evidence/evidence-window.ts';
import type { PlannedFault } from '../journal/event.ts';
import type { ConductOptions } from './conduct-options.ts';
import { enterPhase } from './enter-phase.ts';
import type { FaultWitnesses } from './fault-witnesses.ts';
import type { LoadClock } from './load-clock.ts';
import { unlessStopped } from './unless-stopped.ts';

export type FaultTimelineOptions = Pick<ConductOptions, 'plan' | 'hand' | 'record' | 'progress' | 'stop'>;

/** Puts the faults of a plan in and takes them out, each at its time. */
export class FaultTimeline {
  readonly #options: FaultTimelineOptions;
  readonly #witnesses: FaultWitnesses;
  #fromMs: number | undefined;
  #toMs: number | undefined;
  #healed = 0;

  constructor(options: FaultTimelineOptions, witnesses: FaultWitnesses) {
    this.#options = options;
    this.#witnesses = witnesses;
  }

  /** First injection and last heal, where there were any. */
  get window(): Pick<EvidenceWindow, 'faultFromMs' | 'faultToMs'> {
    return {
      ...(this.#fromMs === undefined ? {} : { faultFromMs: this.#fromMs }),
      ...(this.#toMs === undefined ? {} : { faultToMs: this.#toMs }),
    };
  }

  /** @throws when the run is stopped, or a fault does not go in or out: then {@link healWhateverIsIn}. */
  async play(clock: LoadClock): Promise<void> {
    const moves = this.#options.plan.faults
      .flatMap((fault) => [
        { at: fault.startMs, fault, inject: true },
        { at: fault.endMs, fault, inject: false },
      ])
      .sort((a, b) => a.at - b.at);
    for (const { at, fault, inject } of moves) {
      await clock.until(at);
      if (inject) await this.#inject(fault);
      else await this.#heal(fault);
    }
  }

  /** After an abort, or when a planned heal failed; never throws. */
  async healWhateverIsIn(): Promise<void> {
    const { hand, record, progress, stop, plan } = this.#options;
    if (stop.reason === undefined && this.#healed === plan.faults.length) return;
    if (stop.reason !== undefined) enterPhase(this.#options, 'heal', 'everything');
    const began = performance.now();
    try {
      await hand.heal();
      if (this.#fromMs !== undefined) this.#toMs ??= Date.now();
      if (stop.reason !== undefined) progress.note(`healed in ${(performance.now() - began).toFixed(0)} ms`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      record({ type: 'problem', code: 'heal-failed', message });
      progress.note(`NOT HEALED: ${message}`);
    }
  }

  async #inject(fault: PlannedFault): Promise<void> {
    const { hand, plan, stop } = this.#options;
    enterPhase(this.#options, 'inject', `${fault.label} on ${[...fault.edges, ...fault.nodes].join(', ')}`);
    this.#fromMs ??= Date.now();
    await unlessStopped(stop, hand.inject(fault));
    this.#witnesses.startDuring(fault);
    const expected = plan.alerts.expected
      .map((one) => `${one.alert} ${one.severity} in ${(one.predictedMs / 1000).toFixed(1)} s`)
      .join(', ');
    const seconds = (fault.endMs - fault.startMs) / 1000;
    enterPhase(this.#options, 'watch', `for ${seconds} s; predicted: ${expected || 'no alert'}`);
  }

  async #heal(fault: PlannedFault): Promise<void> {
    const { hand, plan } = this.#options;
    enterPhase(this.#options, 'heal', fault.label);
    const during = this.#witnesses.stopDuring(fault);
    await hand.heal(plan.faults.length === 1 ? undefined : fault.fault);
    this.#toMs = Date.now();
    this.#healed += 1;
    this.#witnesses.record(fault, await during);
    await this.#witnesses.after(fault);
  }
}
