import { setTimeout as sleep } from 'node:timers/promises';

const turnMs = 50;

/** Waits by short turns. A stall of the machine takes one of them: who watches meanwhile gets the others to ask in. For tests. */
export async function inTurns(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= turnMs) await sleep(Math.min(left, turnMs));
}
