import { FiredrillError } from '@firedrill/errors';
import type { Action } from './action.ts';

/** They take a disk, a process in a proxy's place, or files of a node: natively these are this machine's. */
export const nativeActions: ReadonlySet<Action['kind']> = new Set(['disk-fill', 'edge-hang', 'release']);

/** Why a lab in containers is left alone. */
export const notInContainers = (what: string, where?: string): FiredrillError =>
  new FiredrillError('fault-refused', `${what} cannot be done to a lab in containers`, {
    ...(where === undefined ? {} : { where }),
    fix: 'take --runtime native',
  });
