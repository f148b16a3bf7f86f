import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../pager/database.ts';

export interface Opening {
  readonly root: string;
  readonly rounds: number;
  readonly workers: number;
  /** How many have come to each round. */
  readonly gates: Int32Array;
}

// Opens one new store after the other, each in the same moment as the other workers, and says what became of it.
const { root, rounds, workers, gates } = workerData as Opening;
for (let round = 0; round < rounds; round += 1) {
  Atomics.add(gates, round, 1);
  // To be woken takes longer than what they race for.
  while (Atomics.load(gates, round) < workers);
  try {
    openDatabase(join(root, String(round))).close();
    parentPort!.postMessage('opened');
  } catch (error) {
    parentPort!.postMessage((error as Error).message);
  }
}
