import { dirname, join } from 'node:path';
import type { Node } from '@firedrill/topology';
import { divergencesIn } from '../divergence/divergence.ts';
import { shellCommand, shellWord } from '../render/shell.ts';
import { shopDatabase } from './postgres.ts';
import type { WiredFile, WiringContext } from './wiring.ts';

/** From the checkout's folder. */
export const rewindFolder = 'compose/lab/divergence';

/**
 * What Patroni starts in the place of pg_rewind: what only this server has is written down before it is thrown away.
 * `undefined` where there is no Node for it: in a container that was not given this machine's.
 */
export function rewindScript(node: Node, context: WiringContext): WiredFile | undefined {
  const { level, state, hosts, binary, nodeJs, givenNode } = context;
  const native = hosts.advertised(level, node.name) !== undefined;
  if (!native && givenNode === undefined) return undefined;
  const programs = dirname(binary('postgres', 'postgres'));
  const rewind = join(programs, 'pg_rewind');
  const main = join(state.checkout, rewindFolder, 'rewind-main.ts');
  const folder = join(state.home, node.name);
  const content = [
    '#!/bin/sh',
    // Whether there is one at all is asked often.
    `[ "$*" = --help ] && exec ${shellCommand([rewind])} --help`,
    ...(native ? [] : unreadable(node.name, folder, main, rewind)),
    `exec ${shellCommand([givenNode ?? nodeJs, main, node.name, folder, programs, shopDatabase])} "$@"`,
    '',
  ].join('\n');
  return { path: 'pg_rewind', content, executable: true };
}

/** A checkout that only its owner may read is no use to the image's user: then the list says that it is none. */
function unreadable(node: string, folder: string, main: string, rewind: string): readonly string[] {
  const list = { node, listedAt: '%s', commits: [], rows: [], problem: `its container may not read ${main}` };
  return [
    `if [ ! -r ${shellWord(main)} ]; then`,
    `  printf '${JSON.stringify(list)}\\n' "$(date -u +%FT%TZ)" >"${divergencesIn(folder)}/$(date -u +%FT%H-%M-%SZ).json"`,
    `  exec ${shellCommand([rewind])} "$@"`,
    'fi',
  ];
}
