import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Opening } from '../testing/opening-main.ts';
import { explained, openDatabase, storePath } from './database.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'firedrill-database-'));
});
afterEach(() => rmSync(root, { recursive: true }));

it('is made by whoever comes first, and whoever comes in the same moment has it too', async () => {
  const [rounds, workers] = [150, 2];
  const gates = new Int32Array(new SharedArrayBuffer(4 * rounds));
  const workerData: Opening = { root, rounds, workers, gates };
  const said: string[] = [];
  await Promise.all(
    Array.from({ length: workers }, () => {
      const worker = new Worker(join(import.meta.dirname, '../testing/opening-main.ts'), { workerData });
      worker.on('message', (what: string) => said.push(what));
      return once(worker, 'exit');
    }),
  );
  expect([...new Set(said)]).toEqual(['opened']);
  expect(said).toHaveLength(rounds * workers);
});

describe('what SQLite refuses', () => {
  it('while another command holds a store that is not made yet says so, and not that it is broken', () => {
    const holder = new DatabaseSync(storePath(root));
    holder.exec('BEGIN EXCLUSIVE');
    expect(() => openDatabase(root)).toThrow(
      expect.objectContaining({ code: 'lab-busy', where: storePath(root) }),
    );
    holder.close();
    openDatabase(root).close();
  });

  it('of what is no database is that it is none', () => {
    writeFileSync(storePath(root), 'this is no database, '.repeat(100));
    expect(() => openDatabase(root)).toThrow(expect.objectContaining({ code: 'invalid-data' }));
  });

  it.each([
    ['SQLITE_BUSY', 5, 'lab-busy'],
    ['SQLITE_BUSY_RECOVERY', 261, 'lab-busy'],
    ['SQLITE_FULL', 13, 'disk-full'],
    ['SQLITE_IOERR_SHMSIZE', 4874, 'disk-full'],
  ])('as %s is %s: %s', (_name, errcode, code) => {
    expect(explained('pager.db', Object.assign(new Error(), { errcode }))).toMatchObject({ code });
  });

  it('for any other reason is as it was', () => {
    const error = Object.assign(new Error(), { errcode: 11 });
    expect(explained('pager.db', error)).toBe(error);
  });
});
