import { open } from 'node:fs/promises';
import type { PaymentLine } from './book.ts';
import { type JournalEntry, readJournalLines } from './journal-lines.ts';

/** An append-only file. What {@link append} has answered survives a kill of the process and of the machine. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  append(line: PaymentLine): Promise<JournalEntry>;
  close(): Promise<void>;
}

/** What was asked may be on disk or not; the books in memory must not be used any more. */
export class JournalUnwritable extends Error {
  override readonly name = 'JournalUnwritable';
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Opens the journal, cutting off a torn last line: it was never acknowledged. */
export async function openJournal(path: string): Promise<Journal> {
  const { entries: found, wholeBytes } = await readJournalLines(path);
  // 's': a write ends when it is on the disk (O_SYNC).
  const file = await open(path, 'as', 0o600);
  await file.truncate(wholeBytes);
  const entries: JournalEntry[] = [...found];
  let pending: string[] = [];
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  /** One write, which ends on the disk, for all lines that came while the last one was under way. */
  async function flush(): Promise<void> {
    await writing.catch(() => {});
    next = undefined;
    const lines = pending.join('');
    pending = [];
    writing = file.appendFile(lines);
    await writing.catch((cause: unknown) => {
      throw new JournalUnwritable(cause);
    });
  }

  return {
    entries,
    append: async (line) => {
      const entry: JournalEntry = { sequence: entries.length + 1, at: new Date().toISOString(), ...line };
      entries.push(entry);
      pending.push(`${JSON.stringify(entry)}\n`);
      next ??= flush();
      await next;
      return entry;
    },
    close: async () => {
      await next;
      await writing.catch(() => {});
      await file.close();
    },
  };
}
