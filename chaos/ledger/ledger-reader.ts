import { createReadStream } from 'node:fs';
import { FiredrillError } from '@firedrill/errors';
import { type LedgerEntry, ledgerEntrySchema } from './entry.ts';
import { foldOperations, type Operation } from './operations.ts';

/**
 * Streams a ledger. A last line without its newline that is no whole entry was torn by a kill and is left out; anything else
 * that is no entry is an error.
 * @throws {FiredrillError} `invalid-data` that names file and line
 */
export async function* readLedger(path: string): AsyncGenerator<LedgerEntry> {
  let line = 0;
  let rest = '';
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of stream as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) yield parseLine(text, path, ++line);
    }
  } catch (error) {
    if (error instanceof FiredrillError) throw error;
    throw new FiredrillError('invalid-data', 'the ledger cannot be read', { where: path, cause: error });
  }
  if (rest === '') return;
  let torn: unknown;
  try {
    torn = JSON.parse(rest);
  } catch {
    return;
  }
  yield validate(torn, path, line + 1);
}

/** All requests of a ledger, in the order in which they were sent. @throws {FiredrillError} `invalid-data` */
export async function readOperations(path: string): Promise<Operation[]> {
  const entries: LedgerEntry[] = [];
  for await (const entry of readLedger(path)) entries.push(entry);
  return foldOperations(entries);
}

function parseLine(text: string, path: string, line: number): LedgerEntry {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FiredrillError('invalid-data', 'a line of the ledger is not JSON', {
      where: `${path}:${line}`,
      cause,
    });
  }
  return validate(value, path, line);
}

function validate(value: unknown, path: string, line: number): LedgerEntry {
  const parsed = ledgerEntrySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FiredrillError(
    'invalid-data',
    `a line of the ledger is no entry: ${issue?.path.join('.')}: ${issue?.message}`,
    {
      where: `${path}:${line}`,
      cause: parsed.error,
    },
  );
}
