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
 * Undoes the given open intents, each target once; when none is left open, everything is made as the topology says.
 * Every target is tried, whatever happens to the others. @throws the first failure; what failed stays open in the log.
 */
export async function heal(
  control: Control,
  log: IntentLog,
  which: (intent: Intent) => boolean = () => true,
): Promise<readonly Healed[]> {
  const started = performance.now();
  const groups = Map.groupBy(log.open.filter(which), (intent) => key(intent.undo));
  const results = await Promise.allSettled(
    [...groups.values()].map(async (intents): Promise<Healed> => {
      const first = intents[0] as Intent;
      await undoPersistently(control, first.undo);
      for (const intent of intents) log.healed(intent);
      return { fault: first.fault, undo: first.undo, tookMs: performance.now() - started };
    }),
  );
  if (log.open.length === 0) await control.healAll();
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    // The last resort rebuilds everything; when even that fails, the intents stay open for the next command.
    await control.healAll();
    for (const intent of log.open.filter(which)) log.healed(intent);
  }
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
