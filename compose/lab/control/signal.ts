import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process-table.ts';

/** Signals a process if it still is that process. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Kills what `find` finds until it finds nothing twice in a row: what a dying process forked is found by the next look.
 * @returns whether they are gone within the time.
 */
export async function killUntilGone(
  find: () => readonly ProcessIdentity[],
  withinMs = 10_000,
): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (let empty = 0; empty < 2; ) {
    const found = find();
    for (const identity of found) signal(identity, 'SIGKILL');
    empty = found.length === 0 ? empty + 1 : 0;
    if (empty < 2) await pause(20);
    if (empty === 0 && performance.now() > until) return false;
  }
  return true;
}

/** Asks them to end and waits. @returns whether they all did. */
export async function terminate(find: () => readonly ProcessIdentity[], withinMs: number): Promise<boolean> {
  for (const identity of find()) {
    signal(identity, 'SIGTERM');
    // One that is held hears it only when it runs again.
    signal(identity, 'SIGCONT');
  }
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    if (find().length === 0) return true;
    await pause(50);
  }
  return find().length === 0;
}
