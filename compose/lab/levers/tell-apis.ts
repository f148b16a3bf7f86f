import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabState } from '../state.ts';
import { apisOf, reload, runs } from './apis.ts';
import { leverUnfinished } from './lever-refused.ts';
import type { Operations } from './operations.ts';
import { settingsFile, settingsText } from './settings-file.ts';

/** What an API knows from its next start on. */
export function writeSettings(state: LabState, api: string, operations: Operations): void {
  const path = join(state.home, api, settingsFile);
  writeFileSync(`${path}.new`, settingsText(operations), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/**
 * Gives every API its settings, and has those read them that run. One that does not answer takes them at its next start.
 * @returns who took them and who did not, for people.
 * @throws {FiredrillError} `control-failed` when some run and none took them.
 */
export async function tellApis(state: LabState, operations: Operations): Promise<string> {
  const told = await Promise.all(
    apisOf(state).map(async (api) => {
      writeSettings(state, api, operations);
      if (!runs(state, api)) return { api, how: 'down' } as const;
      return reload(state, api).then(
        () => ({ api, how: 'took it' }) as const,
        (error: unknown) => ({ api, how: 'silent', error }) as const,
      );
    }),
  );
  const named = (how: (typeof told)[number]['how']) =>
    told.filter((one) => one.how === how).map(({ api }) => api);
  const silent = told.find((one) => one.how === 'silent');
  if (silent !== undefined && named('took it').length === 0) throw leverUnfinished(messageOf(silent.error));
  return [
    named('took it').join(', '),
    ...named('down').map((api) => `${api} is down and starts with it`),
    ...named('silent').map((api) => `${api} does not answer: it takes it at its next start`),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
