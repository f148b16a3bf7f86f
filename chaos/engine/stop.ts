/** npx and pnpm pass a terminal's signal on, so one Ctrl-C arrives twice within this time. */
const sameInterruptMs = 500;

/** Why a run ends before its time. The first reason counts. */
export class Stop {
  readonly #controller = new AbortController();
  readonly #now: () => number;
  #reason: string | undefined;
  #askedAtMs: number | undefined;
  #interruptedAt: number | undefined;
  #hurried = false;

  /** @param now a monotonic clock, ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }
  get reason(): string | undefined {
    return this.#reason;
  }
  /** When the reason arose, since the epoch. */
  get askedAtMs(): number | undefined {
    return this.#askedAtMs;
  }
  /** The user interrupted a second time: "now". What a guard asks for, however often, still leaves its evidence. */
  get hurried(): boolean {
    return this.#hurried;
  }

  /**
   * By a part of the run itself.
   * @param agoMs how long ago the reason arose, where it was acted upon before it was told.
   */
  ask(reason: string, agoMs = 0): void {
    this.#reason ??= reason;
    this.#askedAtMs ??= Date.now() - agoMs;
    this.#controller.abort();
  }

  /** By the user. */
  interrupt(reason: string): void {
    const now = this.#now();
    this.#interruptedAt ??= now;
    if (now - this.#interruptedAt >= sameInterruptMs) this.#hurried = true;
    this.ask(reason);
  }
}
