import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertWatch } from './alert-watch.ts';
import type { ConductOptions } from './conduct-options.ts';
import { leverNotes } from './pull-lever.ts';
import type { Page } from './responder.ts';
import { unlessStopped } from './unless-stopped.ts';

export type AnswerOptions = Pick<ConductOptions, 'lab' | 'record' | 'progress' | 'stop' | 'responder'>;

const lookEveryMs = 100;

/** One responder's part in a run. */
export class PageAnswer {
  readonly #options: AnswerOptions;
  readonly #page: Page | undefined;
  #answered = false;

  /** @param onFirstLever from then on what is seen of the faults is also what a person did. */
  constructor(options: AnswerOptions, onFirstLever: () => void) {
    this.#options = options;
    const { responder, lab, stop } = options;
    this.#page = responder && {
      lab,
      signal: stop.signal,
      noteLever: (lever) => {
        onFirstLever();
        return leverNotes(options, lever);
      },
    };
  }

  /**
   * Waits for the page, lets the responder answer it, and lets that stand for a while. Never returns without a responder or a
   * page. @throws when the run is stopped.
   */
  async answer(watch: AlertWatch): Promise<void> {
    const { responder, progress, record, stop } = this.#options;
    const page = this.#page;
    if (responder === undefined || page === undefined) return new Promise(() => {});
    const { alert } = responder;
    if (alert !== undefined) {
      while (!watch.openPages.includes(alert)) await unlessStopped(stop, sleep(lookEveryMs));
      progress.phase('operator', `${alert} is answered by its runbook`);
    }
    this.#answered = true;
    const work = responder.respond(page).then(() => {
      record({ type: 'answered', ...(alert === undefined ? {} : { alert }) });
    });
    await this.#unlessBroken(work);
    await unlessStopped(stop, sleep(responder.holdMs));
  }

  /** After the faults are healed. */
  async standDown(): Promise<void> {
    const { responder } = this.#options;
    if (responder === undefined || this.#page === undefined || !this.#answered) return;
    await this.#unlessBroken(responder.standDown(this.#page));
  }

  /** A responder that fails is written down, and ends nothing. */
  async #unlessBroken(work: Promise<void>): Promise<void> {
    const { stop, record } = this.#options;
    try {
      await unlessStopped(stop, work);
    } catch (error) {
      if (stop.reason !== undefined) throw error;
      const message = error instanceof Error ? error.message : String(error);
      record({ type: 'problem', code: 'responder', message });
    }
  }
}
