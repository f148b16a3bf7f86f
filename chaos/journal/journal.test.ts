import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseJournal, readJournal } from './journal-reader.ts';
import { JournalWriter } from './journal-writer.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a journal', () => {
  test('is read back as it was written, numbered and dated', async () => {
    const path = join(folder, 'journal.jsonl');
    const writer = new JournalWriter(path, () => Date.UTC(2026, 10, 23, 2, 0, 0, 5));
    writer.append({ type: 'phase', phase: 'control' });
    writer.append({ type: 'abort', reason: 'budget' });
    writer.close();
    expect(await readJournal(path)).toEqual([
      { seq: 0, at: '2026-11-23T02:00:00.005Z', type: 'phase', phase: 'control' },
      { seq: 1, at: '2026-11-23T02:00:00.005Z', type: 'abort', reason: 'budget' },
    ]);
  });

  test('is never written over', () => {
    const path = join(folder, 'journal.jsonl');
    new JournalWriter(path).close();
    expect(() => new JournalWriter(path)).toThrow(/EEXIST/);
  });

  test('takes no event that could not be read back', () => {
    const path = join(folder, 'journal.jsonl');
    const writer = new JournalWriter(path);
    expect(() => writer.append({ type: 'phase', phase: 'nap' } as never)).toThrow();
    writer.append({ type: 'phase', phase: 'control' });
    writer.close();
    expect(parseJournal(readFileSync(path, 'utf8'))).toHaveLength(1);
  });

  test('loses no more than the torn last line of a killed writer', async () => {
    const path = join(folder, 'journal.jsonl');
    const writer = new JournalWriter(path);
    writer.append({ type: 'phase', phase: 'control' });
    writer.close();
    appendFileSync(path, '{"seq":1,"at":"2026-11');
    expect(await readJournal(path)).toHaveLength(1);
  });

  test.each([
    ['not JSON', 'nonsense\n', 'x:1'],
    ['an unknown type', '{"seq":0,"at":"2026-11-23T02:00:00.005Z","type":"nap"}\n', 'x:1'],
    [
      'a gap in the numbers',
      '{"seq":3,"at":"2026-11-23T02:00:00.005Z","type":"abort","reason":"r"}\n',
      'x:1',
    ],
  ])('names the line that holds %s', (_what, text, where) => {
    expect(() => parseJournal(text, 'x')).toThrow(expect.objectContaining({ code: 'invalid-data', where }));
  });
});
