import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import type { Invoke, LedgerEntry } from './entry.ts';
import { readLedger, readOperations } from './ledger-reader.ts';
import { LedgerWriter } from './ledger-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'firedrill-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const fresh = (): string => join(folder, `run-${files++}`, 'ledger.jsonl');
const writerPath = fileURLToPath(new URL('ledger-writer.ts', import.meta.url));

const invoke = (id: number, body?: unknown): Invoke => ({
  type: 'invoke',
  id,
  at: id,
  due: id,
  operation: 'checkout',
  customer: 'c-1',
  write: true,
  key: `k-${id}`,
  method: 'POST',
  path: '/orders',
  ...(body === undefined ? {} : { body }),
});
const read = async (path: string): Promise<LedgerEntry[]> => {
  const entries: LedgerEntry[] = [];
  for await (const entry of readLedger(path)) entries.push(entry);
  return entries;
};

test('keeps the order of the calls, buffered or not', async () => {
  const path = fresh();
  const writer = new LedgerWriter(path);
  for (let id = 0; id < 1000; id++) id % 7 === 0 ? writer.appendNow(invoke(id)) : writer.append(invoke(id));
  writer.close();
  writer.close();
  expect((await read(path)).map((entry) => entry.id)).toEqual(Array.from({ length: 1000 }, (_, id) => id));
});

test('appendNow is in the file on return, append soon after', async () => {
  const path = fresh();
  const writer = new LedgerWriter(path);
  writer.append(invoke(1));
  expect(readFileSync(path, 'utf8')).toBe('');
  writer.appendNow(invoke(2));
  expect(await read(path)).toHaveLength(2);
  writer.append(invoke(3));
  await vi.waitFor(async () => expect(await read(path)).toHaveLength(3), { timeout: 30_000 });
  writer.close();
});

test('does not write into a ledger that is there', () => {
  const path = fresh();
  new LedgerWriter(path).close();
  expect(() => new LedgerWriter(path)).toThrow(/the ledger cannot be made/);
});

test('what appendNow wrote survives a kill -9 of the writer', async () => {
  const path = fresh();
  const script = `
    const { LedgerWriter } = await import(${JSON.stringify(writerPath)});
    const writer = new LedgerWriter(${JSON.stringify(path)}, { maxDelayMs: 60_000 });
    writer.append(${JSON.stringify(invoke(1))});
    writer.appendNow(${JSON.stringify(invoke(2))});
    writer.append(${JSON.stringify(invoke(3))});
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const signal = await new Promise((resolve) => child.once('close', (_, name) => resolve(name)));
  expect(signal).toBe('SIGKILL');
  expect((await read(path)).map((entry) => entry.id)).toEqual([1, 2]);
});

test('a file system that takes no more is said with the file', () => {
  const path = fresh();
  const script = `
    const { LedgerWriter } = await import(${JSON.stringify(writerPath)});
    const writer = new LedgerWriter(${JSON.stringify(path)});
    try {
      for (let id = 0; id < 1000; id++) writer.appendNow({ ...${JSON.stringify(invoke(0))}, id });
    } catch (error) {
      console.log(error.toLine());
    }`;
  const run = spawnSync(
    'bash',
    ['-c', 'ulimit -f 8 && exec "$0" --input-type=module -e "$1"', process.execPath, script],
    {
      encoding: 'utf8',
    },
  );
  expect(run.stdout).toContain('the ledger cannot be written');
  expect(run.stdout).toContain('[disk-full]');
  expect(run.stdout).toContain(path);
});

test('cut anywhere, it reads as the entries that were whole', async () => {
  const path = fresh();
  const writer = new LedgerWriter(path);
  // Wider than a byte per character, so that a cut can split one.
  for (let id = 0; id < 5; id++) writer.append(invoke(id, { note: 'Größe – 大' }));
  writer.close();
  const whole = readFileSync(path);
  const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
      const cut = fresh().replace('/ledger.jsonl', '.jsonl');
      writeFileSync(cut, whole.subarray(0, length));
      // An entry is whole with its closing brace; the newline after it may be missing.
      expect((await read(cut)).length).toBe(ends.filter((end) => end <= length).length);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['is not JSON', '{"type":"inv', /not JSON/],
  ['is no entry', '{"type":"invoke","id":"one"}', /no entry: id/],
  ['is empty', '', /not JSON/],
])('a line before the last that %s is an error that names file and line', async (_name, bad, message) => {
  const path = fresh().replace('/ledger.jsonl', '.jsonl');
  const good = JSON.stringify(invoke(1));
  writeFileSync(path, `${good}\n${bad}\n${good}\n`);
  await expect(read(path)).rejects.toMatchObject({
    code: 'invalid-data',
    where: `${path}:2`,
    message: expect.stringMatching(message),
  });
});

test('a last line with its newline was written whole: torn it cannot be', async () => {
  const path = fresh().replace('/ledger.jsonl', '.jsonl');
  writeFileSync(path, `${JSON.stringify(invoke(1))}\n{"type":"inv\n`);
  await expect(read(path)).rejects.toMatchObject({ where: `${path}:2` });
});

test('a file that is not there is named', async () => {
  await expect(readOperations('/nowhere/ledger.jsonl')).rejects.toMatchObject({
    code: 'invalid-data',
    where: '/nowhere/ledger.jsonl',
  });
});
