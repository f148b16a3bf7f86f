import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FiredrillError } from '@firedrill/errors';

/** Raised when the tables change. */
const version = 1;

/** Another command writes for some milliseconds; one that was stopped in the middle must not hold others up for ever. */
const busyMs = 3000;

const tables = `
  CREATE TABLE notification (
    lab TEXT NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (lab, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE act (
    number INTEGER PRIMARY KEY,
    lab TEXT NOT NULL,
    incident TEXT NOT NULL,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (incident, revision)
  ) STRICT;
  CREATE TABLE journal (lab TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

export const storePath = (folder: string): string => join(folder, 'pager.db');

/**
 * Opens `pager.db` in a folder, or makes both. A commit is on disk before it returns.
 * @throws {FiredrillError} `lab-busy`, `disk-full`; `invalid-data` for a file that is no database of this version.
 */
export function openDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = storePath(folder);
  const until = performance.now() + busyMs;
  for (;;) {
    try {
      return opened(path);
    } catch (cause) {
      // Who makes a store is told at once that another does, and SQLite does not wait.
      if (isBusy(cause) && performance.now() < until) Atomics.wait(nobody, 0, 0, againMs);
      else throw unopened(path, explained(path, cause));
    }
  }
}

function opened(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyMs });
  try {
    chmodSync(path, 0o600);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    if (versionOf(database) !== version) inTransaction(database, () => makeTables(database));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const againMs = 5;
/** What nobody ever changes. */
const nobody = new Int32Array(new SharedArrayBuffer(4));

function unopened(path: string, cause: unknown): FiredrillError {
  if (cause instanceof FiredrillError) return cause;
  return new FiredrillError(
    'invalid-data',
    `the pager's store cannot be opened: ${(cause as Error).message}`,
    {
      where: path,
      fix: 'move it away; what reached the receivers is read again from their journals beside it, acts are not',
      cause,
    },
  );
}

const versionOf = (database: DatabaseSync): unknown =>
  database.prepare('PRAGMA user_version').get()?.['user_version'];

function makeTables(database: DatabaseSync): void {
  const found = versionOf(database);
  // Another command was faster.
  if (found === version) return;
  if (found !== 0) throw new Error(`it is of version ${found}, this pager knows ${version}`);
  database.exec(`${tables} PRAGMA user_version = ${version}`);
}

/**
 * All of it or nothing, and nobody else meanwhile.
 * @throws {FiredrillError} `lab-busy`, `disk-full`; whatever `work` throws
 */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec('BEGIN IMMEDIATE');
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw explained(database.location() ?? '', error);
  }
}

/** SQLite's numbers for a lock that was not released in time, and for a disk without room: of its memory beside the file, too. */
const [busy, full, fullBeside] = [5, 13, 4874];

const errcodeOf = (error: unknown): number => (error as { readonly errcode?: number }).errcode ?? 0;
/** Why it is busy stands in the higher bits. */
const isBusy = (error: unknown): boolean => errcodeOf(error) % 256 === busy;

/** Pure: what SQLite says in words of ours; other errors as they are. */
export function explained(where: string, error: unknown): unknown {
  if ([full, fullBeside].includes(errcodeOf(error)))
    return new FiredrillError('disk-full', 'no space is left for the pager', { where });
  if (!isBusy(error)) return error;
  const fix = 'wait for it or end it, then try again; nothing was changed';
  return new FiredrillError('lab-busy', "another command holds the pager's store", { where, fix });
}
