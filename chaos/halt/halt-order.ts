import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { labScope, thisUser } from '@firedrill/lab/control';

/** No run may start, and whatever runs must end. Read by the guardian, so it needs nothing but a file. */
export interface HaltOrder {
  readonly reason: string;
  /** `user@host` */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * Where an order outlives reboots and labs: `$XDG_STATE_HOME/firedrill`, else `~/.local/state/firedrill` by the user
 * database: the kill switch must not depend on what a shell believes `HOME` to be.
 */
function haltFile(scope: string): string {
  const set = process.env['XDG_STATE_HOME'];
  const base = set ? resolve(set) : join(thisUser().homedir, '.local', 'state');
  return join(base, 'firedrill', scope === '' ? 'halt.json' : `halt-${scope}.json`);
}

/** The order for runs of this scope: its own, or the user's for everything. */
export function haltOrder(): HaltOrder | undefined {
  const scope = labScope();
  return readOrder(haltFile('')) ?? (scope === '' ? undefined : readOrder(haltFile(scope)));
}

function readOrder(path: string): HaltOrder | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return unreadable;
  }
  try {
    const { reason, by, at } = JSON.parse(text) as Partial<HaltOrder>;
    return { reason: String(reason), by: String(by), at: String(at) };
  } catch {
    return unreadable;
  }
}

/** A kill switch that cannot be read is on. */
const unreadable: HaltOrder = {
  reason: 'the order cannot be read',
  by: 'somebody',
  at: new Date(0).toISOString(),
};

/**
 * On disk when it returns. An order that stands already is kept: who was first, and why, is what counts.
 * @throws {FiredrillError} `usage` when it cannot be written.
 */
export function giveHaltOrder(reason: string): HaltOrder {
  const standing = haltOrder();
  if (standing !== undefined) return standing;
  const order = { reason, by: `${thisUser().username}@${hostname()}`, at: new Date().toISOString() };
  const path = haltFile(labScope());
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const draft = `${path}.${process.pid}.tmp`;
    synced(draft, 'w', (fd) => writeSync(fd, `${JSON.stringify(order)}\n`));
    renameSync(draft, path);
    synced(dirname(path), 'r', () => {});
  } catch (cause) {
    throw new FiredrillError('usage', `the order cannot be written: ${(cause as Error).message}`, {
      where: path,
      fix: 'make room there, or set XDG_STATE_HOME to another folder',
      cause,
    });
  }
  return order;
}

function synced(path: string, flags: string, work: (fd: number) => void): void {
  const fd = openSync(path, flags, 0o600);
  try {
    work(fd);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** @returns the order that was lifted; `undefined` when there was none of this scope. */
export function liftHaltOrder(): HaltOrder | undefined {
  const path = haltFile(labScope());
  const order = readOrder(path);
  rmSync(path, { force: true });
  return order;
}

/** One clause: who halted everything, when and why. */
export const describeHalt = ({ by, at, reason }: HaltOrder): string => `halted by ${by} at ${at}: ${reason}`;

/** @throws {FiredrillError} `halted` while an order stands. */
export function refuseWhileHalted(): void {
  const order = haltOrder();
  if (order === undefined) return;
  throw new FiredrillError('halted', describeHalt(order), { fix: '`pnpm chaos resume` lifts it' });
}
