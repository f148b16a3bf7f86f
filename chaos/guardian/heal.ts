import { setTimeout as pause } from 'node:timers/promises';
import type { Control, Undo } from '@firedrill/lab/control';
import type { Intent, IntentLog } from './intent-log.ts';

export interface Healed {
  readonly fault: string;
  readonly undo: Undo;
  /** Milliseconds from the start of the heal until this was read back as it should be. */
  readonly tookMs: number;
}

const attempts = 3;
const key = (undo: Undo): string => JSON.stringify(undo);

async function undoPersistently(control: Control, undo: Undo): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await control.undo(undo);
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}

/**
 * Undoes the given open intents, each target once. Every target is tried, whatever happens to the others; when one cannot be
 * undone, everything is rebuilt.
 * @param isOver of which intents the undo is the end, so that the log may say so.
 * @throws {FiredrillError} `heal-failed` when even that fails; what is left stays open in the log for the next command.
 */
export async function undoOpen(
  control: Control,
  log: IntentLog,
  which: (intent: Intent) => boolean = () => true,
  isOver: (intent: Intent) => boolean = () => true,
): Promise<readonly Healed[]> {
  const started = performance.now();
  const groups = [...Map.groupBy(log.open.filter(which), (intent) => key(intent.undo)).values()];
  const results = await Promise.allSettled(
    groups.map(async (intents): Promise<Healed> => {
      const first = intents[0] as Intent;
      await undoPersistently(control, first.undo);
      for (const intent of intents.filter(isOver)) log.healed(intent);
      return { fault: first.fault, undo: first.undo, tookMs: performance.now() - started };
    }),
  );
  const rest = groups.filter((_group, index) => results[index]?.status === 'rejected');
  if (rest.length > 0) {
    await control.healAll();
    for (const intent of rest.flat().filter(isOver)) log.healed(intent);
  }
  const rebuilt = rest.flatMap(([first]) =>
    first === undefined
      ? []
      : [{ fault: first.fault, undo: first.undo, tookMs: performance.now() - started }],
  );
  return [...results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])), ...rebuilt];
}

/**
 * In a dead guardian's place: undoes all that is open, then makes everything as the topology says and reads it back. What it
 * died in the middle of may land late: a Toxiproxy that has such a call is replaced, everything else is looked at again, and
 * stays open in the log until then, for whoever must do it in the place of this one.
 * @param aftermathMs long enough for what the dead one had begun to come to light.
 * @throws {FiredrillError} `heal-failed`
 */
export async function heal(control: Control, log: IntentLog, aftermathMs = 250): Promise<readonly Healed[]> {
  const { unsettled } = log;
  if (unsettled.some(({ undo }) => undo.kind === 'edge-restore' || undo.kind === 'edge-hang-end')) {
    await control.rebuild();
  }
  const healed = await undoOpen(control, log, undefined, (intent) => !unsettled.includes(intent));
  await control.healAll();
  if (unsettled.length > 0) {
    await pause(aftermathMs);
    await control.healAll();
    for (const intent of unsettled) log.healed(intent);
  }
  return healed;
}
