/** Why a run ends before its time. The first reason counts. */
export class Stop {
  readonly #controller = new AbortController();
  #reason: string | undefined;
  #asked = 0;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }
  get reason(): string | undefined {
    return this.#reason;
  }
  /** How often somebody asked: a second Ctrl-C means "now". */
  get asked(): number {
    return this.#asked;
  }

  ask(reason: string): void {
    this.#asked += 1;
    this.#reason ??= reason;
    this.#controller.abort();
  }
}
