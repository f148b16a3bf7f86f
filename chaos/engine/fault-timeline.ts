import { wordsOf } from '@firedrill/lab/levers';
import type { EvidenceWindow } from '../evidence/evidence-window.ts';
import type { Plan, PlannedFault } from '../journal/event.ts';
import type { ConductOptions } from './conduct-options.ts';
import { enterPhase } from './enter-phase.ts';
import type { FaultWitnesses } from './fault-witnesses.ts';
import type { LoadClock } from './load-clock.ts';
import { pullLever } from './pull-lever.ts';
import { unlessStopped } from './unless-stopped.ts';

export type FaultTimelineOptions = Pick<
  ConductOptions,
  'plan' | 'hand' | 'lab' | 'dashboards' | 'record' | 'progress' | 'stop'
>;

interface Move {
  /** From the start of the load, ms. */
  readonly at: number;
  readonly heals?: PlannedFault;
  readonly make: () => Promise<void>;
}

/** Puts the faults of a plan in and takes them out, each at its time; what the operator does in between is done too. */
export class FaultTimeline {
  readonly #options: FaultTimelineOptions;
  readonly #witnesses: FaultWitnesses;
  #fromMs: number | undefined;
  #toMs: number | undefined;
  #healed = 0;
  readonly #in = new Set<PlannedFault>();

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

  /**
   * @param enough whatever is in is healed when this resolves, and nothing more is put in; one that rejects ends the play.
   * @throws when the run is stopped, or a fault does not go in or out: then {@link healWhateverIsIn}.
   */
  async play(clock: LoadClock, enough: Promise<void>): Promise<void> {
    const { plan } = this.#options;
    const moves: readonly Move[] = [
      ...plan.faults.flatMap((fault): Move[] => [
        { at: fault.startMs, make: () => this.#inject(fault) },
        ...fault.effects.flatMap((effect) =>
          effect.atMs === undefined
            ? []
            : [{ at: fault.startMs + effect.atMs, make: () => this.#change(fault, effect) }],
        ),
        { at: fault.endMs, heals: fault, make: () => this.#heal(fault) },
      ]),
      ...plan.operator.map((act) => ({ at: act.atMs, make: () => this.#act(act) })),
      // Nothing is put in: whoever is on call waits all the same.
      ...(plan.faults.length === 0 ? [{ at: plan.loadMs, make: () => Promise.resolve() }] : []),
    ];
    const over = new AbortController();
    const told = enough.then(() => over.abort());
    told.catch(() => {});
    for (const { at, heals, make } of moves.toSorted((a, b) => a.at - b.at)) {
      await Promise.race([clock.until(at, over.signal), told]);
      if (!over.signal.aborted || (heals !== undefined && this.#in.has(heals))) await make();
    }
  }

  /** After an abort, or when a planned heal failed; never throws. */
  async healWhateverIsIn(): Promise<void> {
    const { hand, dashboards, record, progress, stop } = this.#options;
    if (stop.reason === undefined && this.#healed > 0 && this.#in.size === 0) return;
    if (stop.reason !== undefined) enterPhase(this.#options, 'heal', 'everything');
    const began = performance.now();
    try {
      await hand.heal();
      dashboards.healed();
      if (this.#fromMs !== undefined) this.#toMs ??= Date.now();
      if (stop.reason !== undefined) progress.note(`healed in ${(performance.now() - began).toFixed(0)} ms`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      record({ type: 'problem', code: 'heal-failed', message });
      progress.note(`NOT HEALED: ${message}`);
    }
  }

  async #inject(fault: PlannedFault): Promise<void> {
    const { hand, plan, dashboards, stop } = this.#options;
    enterPhase(this.#options, 'inject', `${fault.label} on ${[...fault.edges, ...fault.nodes].join(', ')}`);
    this.#fromMs ??= Date.now();
    this.#in.add(fault);
    await unlessStopped(stop, hand.inject(fault));
    dashboards.injected(fault);
    this.#witnesses.startDuring(fault);
    const expected = plan.alerts.expected
      .map((one) => `${one.alert} ${one.severity} in ${(one.predictedMs / 1000).toFixed(1)} s`)
      .join(', ');
    const seconds = (fault.endMs - fault.startMs) / 1000;
    enterPhase(this.#options, 'watch', `for ${seconds} s; predicted: ${expected || 'no alert'}`);
  }

  async #change(fault: PlannedFault, effect: PlannedFault['effects'][number]): Promise<void> {
    const { hand, stop } = this.#options;
    await unlessStopped(stop, hand.change(fault, effect));
  }

  /** @throws when the lever failed: the run ends, since nothing that was predicted holds without it. */
  async #act(act: Plan['operator'][number]): Promise<void> {
    const { progress, stop } = this.#options;
    progress.phase('operator', `${wordsOf(act)}, as the runbook says`);
    await unlessStopped(stop, pullLever(this.#options, act));
  }

  async #heal(fault: PlannedFault): Promise<void> {
    const { hand, plan, dashboards, stop } = this.#options;
    enterPhase(this.#options, 'heal', fault.label);
    const during = this.#witnesses.stopDuring(fault);
    await hand.heal(plan.faults.length === 1 ? undefined : fault.id);
    this.#toMs = Date.now();
    this.#in.delete(fault);
    dashboards.healed(fault);
    this.#healed += 1;
    this.#witnesses.record(fault, await during);
    await unlessStopped(stop, this.#witnesses.after(fault, this.#healed === plan.faults.length));
  }
}
