import { join, posix } from 'node:path';
import { divergencesIn } from '../../divergence/divergence.ts';
import { rewindFolder } from '../../wiring/patroni-rewind.ts';
import { labFolder, sourcesFolder } from './container-context.ts';
import type { LabPlace } from './lab-place.ts';

/** Where a container finds this machine's Node. */
export const givenNode = '/usr/local/bin/firedrill-node';

/** Of the checkout: a program and what it imports, each module where the program's own are linked to. */
const sources = [rewindFolder, 'compose/lab/package.json', 'compose/lab/node_modules', 'node_modules/.pnpm'];

/**
 * Pure: what a server of an image without Node needs to write down, before it is taken back, what only it has; and the folder for that,
 * which a run reads.
 */
export function divergenceMounts(node: string, place: LabPlace): readonly object[] {
  const readable = (source: string, target: string) => ({ type: 'bind', source, target, read_only: true });
  return [
    readable(place.nodeJs, givenNode),
    ...sources.map((path) => readable(join(place.checkout, path), posix.join(sourcesFolder, path))),
    {
      type: 'bind',
      source: divergencesIn(join(place.home, node)),
      target: divergencesIn(posix.join(labFolder, node)),
    },
  ];
}
