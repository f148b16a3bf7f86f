import type { Page } from '@firedrill/chaos/engine';
import { type LeverPull, readLeverPulls } from '@firedrill/lab';
import { type Lever, leverAlone, undoOfLever, wordsOf } from '@firedrill/lab/levers';
import type { DrillEntry } from './event.ts';

type Note = ReturnType<Page['noteLever']>;

/** Whatever lever is pulled on a lab from now on, by whatever process. */
export class LeverWatch {
  readonly #home: string;
  readonly #open = new Map<string, Note>();
  readonly #done: Lever[] = [];
  #known: number;

  constructor(home: string) {
    this.#home = home;
    this.#known = readLeverPulls(home).length;
  }

  /** What has come since the last look. @param noteLever writes it down in the run's journal, too. */
  look(noteLever?: Page['noteLever']): readonly DrillEntry[] {
    const fresh = readLeverPulls(this.#home).slice(this.#known);
    this.#known += fresh.length;
    for (const pull of fresh) {
      if (noteLever !== undefined) this.#note(pull, noteLever);
      if (pull.state === 'done') this.#done.push(leverAlone(pull));
    }
    return fresh.map((pull) => ({
      type: 'lever',
      words: wordsOf(pull),
      state: pull.state,
      pulledAt: pull.at,
      text: pull.text,
    }));
  }

  /** What takes back what was done, the latest first. */
  get undos(): readonly Lever[] {
    return this.#done.toReversed().flatMap((lever) => undoOfLever(lever) ?? []);
  }

  #note(pull: LeverPull, noteLever: Page['noteLever']): void {
    const words = wordsOf(pull);
    const note = this.#open.get(words) ?? noteLever(leverAlone(pull));
    this.#open.set(words, note);
    note(pull.state === 'refused' ? 'failed' : pull.state, pull.text);
    if (pull.state !== 'begun') this.#open.delete(words);
  }
}
