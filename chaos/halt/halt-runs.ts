import { setTimeout as sleep } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '@firedrill/lab';
import { readOwner } from '@firedrill/lab/control';
import { haltGuardian } from '../guardian/guardian-client.ts';
import { describeRecovery, recoverRuns } from '../guardian/recover.ts';
import { describeHalt, giveHaltOrder } from './halt-order.ts';
import { effectsIn, labsMeant } from './runs-under-way.ts';

/** A guardian heals within this, or it hangs. */
const patienceMs = 10_000;

interface Stopped {
  readonly line: string;
  readonly healed: boolean;
}

/**
 * `pnpm chaos halt`: the order first, so that nothing starts behind it; then every guardian of this user is told, whatever
 * its runner does. What dead runs left is healed as well.
 * @returns the lines to print.
 * @throws {FiredrillError} `heal-failed` when something is still in; `usage` when the order could not be written, after
 * everything was stopped all the same.
 */
export async function haltRuns(reason: string): Promise<readonly string[]> {
  // Counted before: a guardian sees the order for itself, and may have obeyed when it is told.
  const labs = labsMeant().map((lab) => ({ lab, effects: effectsIn(lab) }));
  let order: string;
  let unwritten: unknown;
  try {
    order = describeHalt(giveHaltOrder(reason));
  } catch (error) {
    unwritten = error;
    order = reason;
  }
  const stopped = await Promise.all(labs.map(({ lab, effects }) => stopRunOn(lab, effects, order)));
  const found = stopped.filter((one) => one !== undefined);
  const left = found.filter(({ healed }) => !healed);
  if (left.length > 0) {
    throw new FiredrillError('heal-failed', `not stopped: ${left.map(({ line }) => line).join('; ')}`, {
      fix: 'kill the guardian that hangs, then run `pnpm chaos heal` in its checkout',
    });
  }
  if (unwritten !== undefined) throw unwritten;
  return [
    order,
    ...(found.length === 0 ? ['  no run was under way'] : found.map(({ line }) => `  ${line}`)),
    'no run starts until `pnpm chaos resume`',
  ];
}

/** @returns `undefined` when no run is there. */
async function stopRunOn(
  { home, level, checkout }: LabState,
  effects: number,
  order: string,
): Promise<Stopped | undefined> {
  const run = readOwner(home)?.run ?? '?';
  const began = performance.now();
  const what = `${run} (level ${level}, ${checkout})`;
  const line = (text: string): string => `${what}: ${text} in ${(performance.now() - began).toFixed(0)} ms`;
  try {
    const halted = await within(patienceMs, haltGuardian(home, order));
    if (halted !== undefined) return { line: line(`${effects} effects healed`), healed: true };
    const left = await recoverRuns(home);
    return left && { line: line(describeRecovery(left)), healed: true };
  } catch (error) {
    return { line: line(error instanceof Error ? error.message : String(error)), healed: false };
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = sleep(ms, undefined, { ref: false }).then(() => {
    throw new Error('its guardian does not answer');
  });
  return Promise.race([work, late]);
}
