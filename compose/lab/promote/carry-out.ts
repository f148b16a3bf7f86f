import { FiredrillError } from '@firedrill/errors';
import { catchUp } from './catch-up.ts';
import { fence } from './fence.ts';
import { keepWal } from './keep-wal.ts';
import { letFollow } from './let-follow.ts';
import { pointPool } from './point-pool.ts';
import { type PromoteParts, unfinished } from './promote-parts.ts';
import { record } from './record.ts';
import { startAgain } from './start-again.ts';
import { describeStep, type PromotionStep } from './step.ts';
import { takeOver } from './take-over.ts';

/** Does one step, whether or not it was done before. @returns what came of it, for people. */
export async function carryOut(parts: PromoteParts, step: PromotionStep): Promise<string> {
  try {
    return await effectOf(parts, step);
  } catch (error) {
    if (error instanceof FiredrillError) throw error;
    throw unfinished(`${describeStep(step)}: ${error instanceof Error ? error.message : error}`);
  }
}

async function effectOf(parts: PromoteParts, step: PromotionStep): Promise<string> {
  const { state } = parts;
  switch (step.kind) {
    case 'fence':
      return fence(state, step);
    case 'catch-up':
      return catchUp(state, step.node);
    case 'keep-wal':
      return keepWal(state, step.node, step.followers);
    case 'promote':
      return takeOver(state, step.node);
    case 'point-pool':
      return pointPool(state, step.pool, step.node);
    case 'follow':
      return letFollow(parts, step.node, step.upstream);
    case 'record':
      return record(state);
    case 'start-again':
      return startAgain(parts, step.node);
  }
}
