import type { Page, Responder } from '@firedrill/chaos/engine';
import { type Lever, undoOfLever } from '@firedrill/lab/levers';
import type { Hands } from '../runbook/hands.ts';
import { labHands } from '../runbook/lab-hands.ts';
import { patienceMs } from '../runbook/patience.ts';
import { runRunbook } from '../runbook/run-runbook.ts';
import { openShelf, runbookFor } from '../runbook/shelf.ts';
import type { Transcript } from '../runbook/transcript.ts';

/** How long what was done must hold with the fault still in. */
const defaultHoldMs = 20_000;

/** Answers a page by its runbook alone. It sees the lab by the runbook's questions, and nothing of the run. */
export class RunbookResponder implements Responder {
  readonly alert: string;
  readonly holdMs: number;
  readonly #pulled: Lever[] = [];
  #transcript: Transcript | undefined;

  constructor(alert: string, holdMs = defaultHoldMs) {
    this.alert = alert;
    this.holdMs = holdMs;
  }

  /** Nothing before the page was answered. */
  get transcript(): Transcript | undefined {
    return this.#transcript;
  }

  /** The levers that were pulled. */
  get pulled(): readonly Lever[] {
    return this.#pulled;
  }

  async respond({ lab, signal, noteLever }: Page): Promise<void> {
    const shelf = openShelf();
    const hands = this.#noting(labHands(lab), noteLever, (lever) => this.#pulled.push(lever));
    this.#transcript = await runRunbook(runbookFor(shelf, this.alert), {
      shelf,
      hands,
      confirm: () => Promise.resolve(true),
      onEvent: () => {},
      patienceMs: patienceMs(lab),
      signal,
    });
  }

  /** As the runbook's Rollback says: the latest first. */
  async standDown({ lab, noteLever }: Page): Promise<void> {
    const hands = this.#noting(labHands(lab), noteLever, () => {});
    for (const lever of this.#pulled.toReversed()) {
      const undo = undoOfLever(lever);
      if (undo !== undefined) await hands.pull(undo, () => {});
    }
  }

  /** Every lever is written down in the run's journal, as the operator's. */
  #noting(hands: Hands, noteLever: Page['noteLever'], onDone: (lever: Lever) => void): Hands {
    return {
      ...hands,
      pull: async (lever, onStep) => {
        const note = noteLever(lever);
        note('begun', 'begins');
        const result = await hands.pull(lever, (text) => {
          note('step', text);
          onStep(text);
        });
        note(result.how === 'done' ? 'done' : 'failed', result.text);
        if (result.how === 'done') onDone(lever);
        return result;
      },
    };
  }
}
