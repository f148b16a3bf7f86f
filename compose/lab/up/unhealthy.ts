import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { logPath } from '../addresses.ts';
import type { LabState } from '../state.ts';
import { diskFull } from './disk.ts';
import { lastLines } from './last-lines.ts';

const shownLines = 8;

/** Why a process is not healthy, as one line: a full disk or a taken port by its own name, else its last log lines. */
export function unhealthy(state: LabState, name: string, why: string): FiredrillError {
  const said = [...lastLines(logPath(state, name), shownLines), ...ownLogs(state, name)].slice(-shownLines);
  const text = said.join('\n');
  if (/no space left on device|ENOSPC/i.test(text))
    return diskFull(state.home, `${name} found no space left`);
  const taken = /address already in use|EADDRINUSE|port-taken/i.exec(text) && takenPort(state, name, text);
  if (taken) {
    return new FiredrillError('port-taken', `${name} found port ${taken} taken`, {
      where: `127.0.0.1:${taken}`,
      fix: 'end what listens there (`ss -ltnp` lists it) or run the command again',
    });
  }
  const shown = said.length === 0 ? 'it wrote no log' : `its last log lines: ${said.join(' | ')}`;
  return new FiredrillError('node-unhealthy', `${name} ${why}; ${shown}`);
}

/** PostgreSQL writes its log into its own folder. */
function ownLogs(state: LabState, name: string): readonly string[] {
  const folder = join(state.home, name, 'log');
  try {
    return readdirSync(folder).flatMap((file) => lastLines(join(folder, file), shownLines));
  } catch {
    return [];
  }
}

function takenPort(state: LabState, name: string, text: string): number | undefined {
  const own = name in state.nodes ? Object.values(state.nodes[name] ?? {}) : [state.toxiproxyPort];
  return own.find((port) => text.includes(String(port))) ?? own[0];
}
