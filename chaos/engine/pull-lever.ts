import { pullLever as pull } from '@firedrill/lab';
import { type Lever, leverAlone, wordsOf } from '@firedrill/lab/levers';
import type { ConductOptions } from './conduct-options.ts';

/** Writes down what becomes of a lever. */
export function leverNotes({ record, progress }: Pick<ConductOptions, 'record' | 'progress'>, lever: Lever) {
  const began = performance.now();
  return (state: 'begun' | 'step' | 'done' | 'failed', text: string): void => {
    const tookMs = Math.round(performance.now() - began);
    record({ ...leverAlone(lever), type: 'operator', state, text, tookMs });
    if (state !== 'begun') progress.note(`${wordsOf(lever)}: ${text}`);
  };
}

/** What the operator of a plan does: the runbook's command, by its function, each of its steps in the journal. */
export async function pullLever(
  options: Pick<ConductOptions, 'lab' | 'record' | 'progress'>,
  lever: Lever,
): Promise<void> {
  const note = leverNotes(options, lever);
  note('begun', 'begins');
  try {
    note('done', await pull(options.lab, leverAlone(lever), (text) => note('step', text)));
  } catch (error) {
    note('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}
