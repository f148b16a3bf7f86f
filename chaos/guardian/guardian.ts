import { type Action, type Control, isWhole, undoOf } from '@firedrill/lab/control';
import { type Healed, undoOpen } from './heal.ts';
import type { Intent, IntentLog } from './intent-log.ts';
import { Lease } from './lease.ts';

/** Why an effect was not allowed: `stale-epoch`, `halted`, `lease-expired`. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/**
 * The gate before every effect.
 *
 *     apply → epoch, halt, lease? → intent on disk → again? → control → applied on disk
 *     heal  → after what is under way → undo, read back twice → healed on disk
 */
export class Guardian {
  readonly #control: Control;
  readonly #log: IntentLog;
  readonly #lease: Lease;
  readonly epoch: number;
  #halted: string | undefined;
  /** One effect or heal at a time, so that no late effect can land behind a heal. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param ordered why the user wants no effect at all, when that is so (`pnpm chaos halt`). */
  constructor(
    control: Control,
    log: IntentLog,
    run: string,
    leaseMs: number,
    ordered: () => string | undefined = () => undefined,
  ) {
    this.#control = control;
    this.#log = log;
    this.#lease = new Lease(leaseMs);
    this.#ordered = ordered;
    this.epoch = log.begin(run);
    this.#run = run;
  }
  readonly #run: string;
  readonly #ordered: () => string | undefined;

  renew(epoch: number): void {
    if (epoch === this.epoch) this.#lease.renew();
  }

  /** For so long this process could hear nobody: the machine stood still, or it was busy itself. */
  stood(ms: number): void {
    this.#lease.extend(ms);
  }

  /** A fault is in and nobody has said in time that he still watches it. */
  get abandoned(): boolean {
    return this.#lease.expired && this.#log.open.length > 0;
  }

  /** How long ago the runner should have said that it is there; 0 or less while its word holds. */
  get silentMs(): number {
    return this.#lease.overdueMs;
  }

  get halted(): string | undefined {
    return this.#halted;
  }

  /** From now on no effect, only healing. */
  halt(reason: string): void {
    this.#halted ??= reason;
  }

  /** @returns milliseconds that the effect took. @throws {Refusal} */
  apply(epoch: number, fault: string, action: Action): Promise<number> {
    return this.#alone(async () => {
      this.#check(epoch);
      const intent = this.#log.intend({ epoch, run: this.#run, fault, action, undo: undoOf(action) });
      this.#check(epoch);
      const started = performance.now();
      await this.#control.apply(action);
      this.#log.applied(intent);
      return performance.now() - started;
    });
  }

  /** Undoes; each undo was read back twice when it returns. */
  heal(which?: (intent: Intent) => boolean): Promise<readonly Healed[]> {
    return this.#alone(() => undoOpen(this.#control, this.#log, which));
  }

  /** When no fault is meant to be in: makes everything as the topology says, whoever changed it. */
  converge(): Promise<void> {
    return this.#alone(async () => {
      // A look is short: whoever wants to put the next fault in must not wait for a heal of what is whole.
      if (this.#log.open.length === 0 && !isWhole(await this.#control.read())) await this.#control.healAll();
    });
  }

  #check(epoch: number): void {
    if (epoch !== this.epoch)
      throw new Refusal('stale-epoch', `epoch ${epoch} is over, this is ${this.epoch}`);
    const halted = this.#halted ?? this.#ordered();
    if (halted !== undefined) throw new Refusal('halted', `no more effects: ${halted}`);
    if (this.#lease.expired)
      throw new Refusal('lease-expired', 'the runner was silent for longer than its lease');
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => {});
    return done;
  }
}
