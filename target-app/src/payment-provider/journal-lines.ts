import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** One line of the provider's journal. */
export const journalEntrySchema = z.strictObject({
  sequence: z.number().int().positive(),
  /** ISO 8601, the provider's clock. */
  at: z.string(),
  operation: z.enum(['capture', 'void', 'refund']),
  /** The caller's key. A void has the key of the capture that it voids. */
  key: z.string(),
  /** The capture that a refund gives back. */
  captureKey: z.string().optional(),
  orderId: z.string(),
  result: z.enum(['accepted', 'declined', 'tombstoned']),
  /** What this line moved: 0 unless accepted. */
  cents: z.number().int().nonnegative(),
  /** What was asked. */
  requestedCents: z.number().int().nonnegative(),
});

export type JournalEntry = Readonly<z.infer<typeof journalEntrySchema>>;

export interface JournalLines {
  readonly entries: readonly JournalEntry[];
  /** Bytes of whole lines; anything behind is a torn write. */
  readonly wholeBytes: number;
}

/** Reads a journal file. A missing file is an empty journal; a torn last line is left out; other damage throws. */
export async function readJournalLines(path: string): Promise<JournalLines> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1);
  return { entries: lines.map((line) => journalEntrySchema.parse(JSON.parse(line))), wholeBytes };
}
