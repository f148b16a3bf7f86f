import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertWatch } from './alert-watch.ts';
import type { ConductOptions } from './conduct-options.ts';
import { leverNotes } from './pull-lever.ts';
import { unlessStopped } from './unless-stopped.ts';

export type AnswerOptions = Pick<ConductOptions, 'lab' | 'record' | 'progress' | 'stop' | 'responder'>;

const lookEveryMs = 100;

/**
 * Waits for the page, lets the responder answer it, and lets that stand for a while. Never returns without a responder or a page.
 * @param onFirstLever from here on what is seen of the faults is also what a person did.
 */
export async function answerPage(
  options: AnswerOptions,
  watch: AlertWatch,
  onFirstLever: () => void,
): Promise<void> {
  const { responder, lab, progress, stop } = options;
  if (responder === undefined) return new Promise(() => {});
  while (!watch.openPages.includes(responder.alert)) await unlessStopped(stop, sleep(lookEveryMs));
  progress.phase('operator', `${responder.alert} is answered by its runbook`);
  const page = {
    alert: responder.alert,
    lab,
    signal: stop.signal,
    noteLever: (lever: Parameters<typeof leverNotes>[1]) => {
      onFirstLever();
      return leverNotes(options, lever);
    },
  };
  try {
    await unlessStopped(stop, responder.respond(page));
  } catch (error) {
    if (stop.reason !== undefined) throw error;
    const message = error instanceof Error ? error.message : String(error);
    options.record({ type: 'problem', code: 'responder', message });
  }
  await unlessStopped(stop, sleep(responder.holdMs));
}
