import { BetterStandby, describeStep, type PromotionProgress, promote } from '@firedrill/lab';
import { readLabState } from '@firedrill/lab/control';
import type { Plan } from '../journal/event.ts';
import type { ConductOptions } from './conduct-options.ts';

/** What the operator of a plan does: the runbook's command, by its function, each of its steps in the journal. */
export async function pullLever(
  { lab, record, progress }: Pick<ConductOptions, 'lab' | 'record' | 'progress'>,
  { lever, node }: Plan['operator'][number],
): Promise<void> {
  const began = performance.now();
  const note = (state: 'begun' | 'step' | 'done' | 'failed', text: string): void => {
    record({ type: 'operator', lever, node, state, text, tookMs: Math.round(performance.now() - began) });
    if (state !== 'begun') progress.note(`${lever} ${node}: ${text}`);
  };
  note('begun', 'begins');
  const onStep = (told: PromotionProgress): void => {
    if (told.type === 'lag') note('step', told.text);
    if (told.type === 'done') note('step', `${describeStep(told.step)}: ${told.detail}`);
  };
  // The state of now: an earlier lever may have changed it.
  const pull = (standby: string) => promote(readLabState(lab.home) ?? lab, standby, { onStep });
  try {
    const promotion = await pull(node).catch((refusal: unknown) => {
      if (!(refusal instanceof BetterStandby)) throw refusal;
      note('step', refusal.message);
      return pull(refusal.better);
    });
    note('done', `${promotion.to} takes the writes on timeline ${promotion.timeline}`);
  } catch (error) {
    note('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}
