import { matchersText, Silences } from '@firedrill/alerts';
import { nodeUrl } from '@firedrill/lab';
import type { ConductOptions } from './conduct-options.ts';

/** Before minutes are spent on it: what is silenced now will be missing later. An Alertmanager that does not answer is told of elsewhere. */
export async function tellSilences({
  lab,
  progress,
}: Pick<ConductOptions, 'lab' | 'progress'>): Promise<void> {
  const all = await new Silences(nodeUrl(lab, 'alertmanager-1')).list().catch(() => []);
  for (const silence of all.filter(({ status }) => status.state === 'active')) {
    progress.note(
      `silenced by ${silence.createdBy || 'nobody'} until ${silence.endsAt}: ${matchersText(silence)}`,
    );
  }
}
