import { readFile } from 'node:fs/promises';
import { FiredrillError } from '@firedrill/errors';
import { type JournalEvent, journalEventSchema } from './event.ts';

/**
 * Reads a journal's text. A last line without its newline is what a killed writer leaves: it is left out.
 * @throws {FiredrillError} `invalid-data`, naming the line.
 */
export function parseJournal(text: string, where = 'journal.jsonl'): readonly JournalEvent[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const events: JournalEvent[] = [];
  for (const [index, line] of whole.split('\n').entries()) {
    if (line === '') continue;
    const place = `${where}:${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new FiredrillError('invalid-data', 'a line of the journal is not JSON', { where: place, cause });
    }
    const event = journalEventSchema.safeParse(value);
    if (!event.success) {
      const issue = event.error.issues[0];
      throw new FiredrillError(
        'invalid-data',
        `a line of the journal does not fit: ${issue?.path.join('.')}: ${issue?.message}`,
        {
          where: place,
        },
      );
    }
    if (event.data.seq !== events.length) {
      throw new FiredrillError(
        'invalid-data',
        `event ${events.length} is missing, ${event.data.seq} stands there`,
        {
          where: place,
        },
      );
    }
    events.push(event.data);
  }
  return events;
}

/** @throws {FiredrillError} `invalid-data` */
export async function readJournal(path: string): Promise<readonly JournalEvent[]> {
  return parseJournal(await readFile(path, 'utf8'), path);
}
