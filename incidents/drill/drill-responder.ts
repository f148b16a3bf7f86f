import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Responder } from '@firedrill/chaos/engine';
import { type LabState, labName } from '@firedrill/lab';
import { labHands } from '../runbook/lab-hands.ts';
import type { Transcript } from '../runbook/transcript.ts';
import { addEvent, readDrillJournal } from './drill-journal.ts';
import { type Begun, eventsOf } from './event.ts';
import { LeverWatch } from './lever-watch.ts';
import { RunbookPlayer } from './play-runbooks.ts';

const defaultHoldMs = 20_000;
const lookEveryMs = 250;

/** Waits with the run until whoever plays says that it is over, and writes down what they do to the lab. */
export class DrillResponder implements Responder {
  readonly holdMs: number;
  readonly #folder: string;
  readonly #operator: Begun['operator'];
  readonly #end = new AbortController();
  #levers: LeverWatch | undefined;
  #player: RunbookPlayer | undefined;

  /**
   * @param folder the drill's.
   * @param holdMs how long what was done must hold with the fault still in, ms
   */
  constructor(folder: string, operator: Begun['operator'], holdMs = defaultHoldMs) {
    this.#folder = folder;
    this.#operator = operator;
    this.holdMs = holdMs;
  }

  /** Walked by the runbooks that played. */
  get transcripts(): readonly Transcript[] {
    return this.#player?.transcripts ?? [];
  }

  /** The lab is up, and users are about to come. */
  async ready(lab: LabState): Promise<void> {
    this.#levers = new LeverWatch(lab.home);
    await addEvent(this.#folder, () => ({ type: 'ready', lab: labName(lab), home: lab.home }));
  }

  async respond({ lab, signal, noteLever }: Page): Promise<void> {
    const ends = AbortSignal.any([signal, this.#end.signal]);
    if (this.#operator === 'runbook') this.#player = new RunbookPlayer(this.#folder, lab, ends);
    let broken: unknown;
    const playing = this.#player?.play().catch((error: unknown) => {
      broken = error;
    });
    while (eventsOf(readDrillJournal(this.#folder), 'resolved').length === 0) {
      if (broken !== undefined) throw broken;
      await this.#writeDown(noteLever);
      await sleep(lookEveryMs, undefined, { signal: ends });
    }
    await playing;
    await this.#writeDown(noteLever);
  }

  /** The faults are gone: what was switched on for their sake is switched off. */
  async standDown({ lab, noteLever }: Page): Promise<void> {
    // Also when its time is up and nobody has said that it is over.
    this.#end.abort();
    await this.#writeDown(noteLever);
    await this.#closeTheBook();
    const undos = this.#levers?.undos ?? [];
    // From here on it is the drill that tidies up: nobody's score.
    this.#levers = undefined;
    for (const undo of undos) {
      const note = noteLever(undo);
      note('begun', 'begins');
      const { how, text } = await labHands(lab).pull(undo, (step) => note('step', step));
      note(how === 'done' ? 'done' : 'failed', text);
    }
  }

  /** Whoever says now that it is over is told that it was before. */
  async #closeTheBook(): Promise<void> {
    const isOver = eventsOf(readDrillJournal(this.#folder), 'resolved').length > 0;
    if (!isOver) await addEvent(this.#folder, () => ({ type: 'time-up' }));
  }

  async #writeDown(noteLever: Page['noteLever']): Promise<void> {
    for (const entry of this.#levers?.look(noteLever) ?? []) await addEvent(this.#folder, () => entry);
  }
}
