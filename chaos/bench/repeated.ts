import { setTimeout as pause } from 'node:timers/promises';

/** Begins a piece of work again and again, whatever became of the ones before. */
export class Repeated {
  readonly #work: () => Promise<void>;
  readonly #everyMs: number;
  readonly #open = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #done: Promise<void> = Promise.resolve();

  /** @param work never rejects */
  constructor(everyMs: number, work: () => Promise<void>) {
    this.#everyMs = everyMs;
    this.#work = work;
  }

  start(): void {
    this.#done = this.#run();
  }

  /** Begins no more of it, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#done;
    await Promise.all(this.#open);
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const one = this.#work();
      this.#open.add(one);
      void one.finally(() => this.#open.delete(one));
      await pause(this.#everyMs, undefined, { signal }).catch(() => {});
    }
  }
}
