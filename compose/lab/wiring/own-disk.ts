import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Level } from '@firedrill/topology';
import type { Wired, WiringContext } from './wiring.ts';

/** Room for a drill's data; only what is in use takes memory. */
export const ownDisk = { bytes: 1024 ** 3 } as const;

/** In the node's folder: the process that holds its disk. */
export const diskHolderFile = 'disk.pid';

const holdScript = readFileSync(join(import.meta.dirname, 'hold-disk.sh'), 'utf8');
const enterScript = readFileSync(join(import.meta.dirname, 'enter-disk.sh'), 'utf8');

/**
 * Pure: the nodes of a level that can have a disk of their own: those that keep data, unless they have standbys, for the way back
 * of a standby replaces its whole folder.
 */
export const nodesWithOwnDisk = ({ nodes }: Pick<Level, 'nodes'>): readonly string[] =>
  nodes.some(({ follows }) => follows !== undefined)
    ? []
    : nodes.filter(({ kind }) => kind === 'postgres').map(({ name }) => name);

/** Pure: a node as it is wired → the same on a disk of its own, where the lab gave it one. */
export function onOwnDisk(wired: Wired, { state, notAsRoot }: WiringContext): Wired {
  const disk = state.disks?.[wired.name];
  if (disk === undefined) return wired;
  return {
    ...wired,
    files: [
      ...wired.files,
      { path: 'hold-disk.sh', content: holdScript },
      { path: 'enter-disk.sh', content: enterScript },
    ],
    preparations: [
      ...wired.preparations,
      { title: 'a disk of its own', argv: ['/bin/sh', 'hold-disk.sh', String(disk.bytes)] },
    ],
    // Whoever enters the disk is nobody's root there.
    argv: ['/bin/sh', join(state.home, wired.name, 'enter-disk.sh'), ...wired.argv.slice(notAsRoot.length)],
  };
}
