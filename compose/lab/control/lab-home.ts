import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisUser } from './this-user.ts';

/** The folder of this checkout: a lab belongs to one. */
export const thisCheckout = realpathSync(join(import.meta.dirname, '..', '..', '..'));

/** Separates labs of one checkout and level, e.g. the tests' from the developer's. */
export const labScope = (): string => process.env.FIREDRILL_LAB_SCOPE ?? '';

/**
 * `<8 hex>-l<level>`. A lab's processes are known by it: labs that are kept in different folders are different ones, or the command
 * that finds none in its own would take the other's for what a killed one left.
 */
export function labIdOf(level: number, checkout = thisCheckout, scope = labScope()): string {
  const digest = createHash('sha256').update(checkout).update(scope).update(labsFolder()).digest('hex');
  return `${digest.slice(0, 8)}-l${level}`;
}

/** The folder that holds all labs of this user (mode 0700). */
export function labsFolder(): string {
  return join(realpathSync(tmpdir()), `firedrill-${thisUser().uid}`);
}

/** The lab's folder: short, because it holds a unix socket. */
export function labHome(level: number, checkout = thisCheckout): string {
  return join(labsFolder(), labIdOf(level, checkout));
}

export const statePath = (home: string): string => join(home, 'lab.json');

/** Who holds a `flock` on this file may change the lab. It exists as long as the lab does. */
export const labLockPath = (home: string): string => join(home, 'lab.lock');
