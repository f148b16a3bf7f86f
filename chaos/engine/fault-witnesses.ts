import type { PlannedFault, WitnessReading } from '../journal/event.ts';
import type { Witness } from '../witness/witness.ts';
import type { ConductOptions } from './conduct-options.ts';
import { unlessStopped } from './unless-stopped.ts';
import { witnessOf } from './witness-of.ts';

export type FaultWitnessesOptions = Pick<ConductOptions, 'lab' | 'plan' | 'topology' | 'record' | 'stop'>;

/**
 * The way back of a server that was replaced meanwhile, by an operator or by the others, is part of it: 5 to 8 s alone on a machine. One
 * that is not back yet would be taken for another fault than was planned.
 */
const nodeRestartMs = 60_000;

/** One witness for each fault of a plan; what they read goes to the journal. */
export class FaultWitnesses {
  readonly #options: FaultWitnessesOptions;
  readonly #witnesses = new Map<PlannedFault, Witness>();

  constructor(options: FaultWitnessesOptions) {
    this.#options = options;
  }

  /** Measures the whole system once, and what each fault will touch. */
  async before(faults: readonly PlannedFault[]): Promise<void> {
    const { lab, plan, topology, stop } = this.#options;
    for (const [index, fault] of faults.entries()) {
      const meanwhile = plan.faults.filter(
        (other) => other !== fault && other.startMs <= fault.endMs && fault.startMs <= other.endMs,
      );
      const witness = witnessOf(lab, topology, fault, meanwhile);
      this.#witnesses.set(fault, witness);
      this.record(fault, await unlessStopped(stop, witness.before(index === 0)));
    }
  }

  startDuring(fault: PlannedFault): void {
    this.#witnesses.get(fault)?.startDuring();
  }

  /** Stops measuring every fault that is in; what was seen until now is what {@link stopDuring} tells. */
  endDuring(): void {
    for (const witness of this.#witnesses.values()) void witness.stopDuring();
  }

  /** The readings come after the heal has begun: they are for `record` once it is done. */
  async stopDuring(fault: PlannedFault): Promise<readonly WitnessReading[]> {
    return (await this.#witnesses.get(fault)?.stopDuring()) ?? [];
  }

  /** @param elsewhere the untouched edges too: when it was the last fault. */
  async after(fault: PlannedFault, elsewhere: boolean): Promise<void> {
    this.record(fault, (await this.#witnesses.get(fault)?.after(nodeRestartMs, elsewhere)) ?? []);
  }

  record(fault: PlannedFault, readings: readonly WitnessReading[]): void {
    for (const reading of readings) this.#options.record({ type: 'witness', fault: fault.id, reading });
  }

  close(): void {
    for (const witness of this.#witnesses.values()) witness.close();
  }
}
