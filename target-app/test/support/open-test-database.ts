import { type Database, type DatabaseOptions, openDatabase } from '../../src/data/database.ts';

/** The shop's own way to a database, patient enough for a busy machine. */
export function openTestDatabase(url: string, options: Partial<DatabaseOptions> = {}): Database {
  return openDatabase({
    url,
    applicationName: 'test',
    size: 2,
    maxWaiting: 4,
    deadlineMs: 10_000,
    onDeadline: () => {},
    onLostConnection: () => {},
    ...options,
  });
}
