import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PaymentLine } from './book.ts';
import { JournalUnwritable, openJournal } from './journal.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payment-journal-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const line = (key: string): PaymentLine => ({
  operation: 'capture',
  key,
  orderId: 'o',
  result: 'accepted',
  cents: 1,
  requestedCents: 1,
});

it('has every acknowledged line on disk, numbered without gaps, however many come at once', async () => {
  const journal = await openJournal(path);
  await Promise.all(Array.from({ length: 100 }, (_, index) => journal.append(line(`k${index}`))));
  const written = (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(written.map((entry) => entry.sequence)).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
  await journal.close();
});

it('cuts off a torn last line and goes on behind the whole ones', async () => {
  const first = await openJournal(path);
  await first.append(line('whole'));
  await first.close();
  await appendFile(path, '{"sequence":2,"at":"20');
  const second = await openJournal(path);
  expect(second.entries.map((entry) => entry.key)).toEqual(['whole']);
  await second.append(line('next'));
  await second.close();
  const third = await openJournal(path);
  expect(third.entries.map((entry) => [entry.sequence, entry.key])).toEqual([
    [1, 'whole'],
    [2, 'next'],
  ]);
  await third.close();
});

it('acknowledges nothing that it cannot write', async () => {
  const journal = await openJournal(path);
  await journal.close();
  await expect(journal.append(line('lost'))).rejects.toThrow(JournalUnwritable);
});
