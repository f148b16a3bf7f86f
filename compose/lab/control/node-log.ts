import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logPath } from '../addresses.ts';
import type { LabState } from '../state.ts';

/** All that a node wrote to stdout, to stderr and into its own log folder; empty where there is nothing. */
export function readNodeLog(state: Pick<LabState, 'home'>, node: string): string {
  const folder = join(state.home, node, 'log');
  return [logPath(state, node), ...filesIn(folder)].map(readText).join('\n');
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((file) => join(folder, file));
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
