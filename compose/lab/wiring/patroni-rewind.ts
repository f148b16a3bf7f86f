import { dirname, join } from 'node:path';
import type { Node } from '@firedrill/topology';
import { shellCommand } from '../render/shell.ts';
import { shopDatabase } from './postgres.ts';
import type { WiredFile, WiringContext } from './wiring.ts';

/**
 * What Patroni starts in the place of pg_rewind: what only this server has is written down before it is thrown away.
 * `undefined` in a container, which has PostgreSQL's programs and no Node.
 */
export function rewindScript(node: Node, context: WiringContext): WiredFile | undefined {
  const { level, state, hosts, binary, nodeJs } = context;
  if (hosts.advertised(level, node.name) === undefined) return undefined;
  const programs = dirname(binary('postgres', 'postgres'));
  const main = join(state.checkout, 'compose', 'lab', 'divergence', 'rewind-main.ts');
  const folder = join(state.home, node.name);
  const content = [
    '#!/bin/sh',
    // Whether there is one at all is asked often.
    `[ "$*" = --help ] && exec ${shellCommand([join(programs, 'pg_rewind')])} --help`,
    `exec ${shellCommand([nodeJs, main, node.name, folder, programs, shopDatabase])} "$@"`,
    '',
  ].join('\n');
  return { path: 'pg_rewind', content, executable: true };
}
