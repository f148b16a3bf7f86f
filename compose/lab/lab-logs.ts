import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { logPath, logsFolder } from './addresses.ts';
import type { LabState } from './state.ts';

/** Every file that a process writes its log to; PostgreSQL writes into its own folder too. */
export function logFilesOf(state: LabState, name: string): readonly string[] {
  const own = join(state.home, name, 'log');
  const inOwn = existsSync(own) ? readdirSync(own).map((file) => join(own, file)) : [];
  const files = [logPath(state, name), ...inOwn].filter((file) => existsSync(file));
  if (files.length > 0) return files;
  const known = readdirSync(logsFolder(state.home)).map((file) => file.replace(/\.log$/, ''));
  throw new FiredrillError('usage', `unknown node ${name}`, {
    fix: `use one of ${known.toSorted().join(', ')}`,
  });
}

export interface LabLogsOptions {
  readonly follow: boolean;
  readonly write: (text: string) => void;
  /** Ends the following. */
  readonly signal?: AbortSignal;
}

/** Writes a process's log; with `follow` also what is appended, until the lab is gone. */
export async function labLogs(
  state: LabState,
  name: string,
  { follow, write, signal }: LabLogsOptions,
): Promise<void> {
  const files = logFilesOf(state, name);
  const read = new Map(files.map((file) => [file, 0]));
  do {
    for (const file of files) {
      const from = read.get(file) ?? 0;
      if (!existsSync(file)) return;
      const { size } = statSync(file);
      if (size <= from) continue;
      for await (const chunk of createReadStream(file, { start: from, end: size - 1 })) write(String(chunk));
      read.set(file, size);
    }
    if (follow) await pause(250);
  } while (follow && signal?.aborted !== true);
}
