import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Notification, notificationSchema } from '@firedrill/alerts';

/** The journal of one start of a lab, as its receiver writes it. */
export interface JournalFile {
  readonly lab: string;
  readonly path: string;
  /** Changes with every notification. */
  readonly bytes: number;
}

const ending = '.jsonl';

/** Those in a folder, by their names. */
export function journalFiles(folder: string): readonly JournalFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const found = statSync(path, { throwIfNoEntry: false });
      return found === undefined ? [] : [{ lab: name.slice(0, -ending.length), path, bytes: found.size }];
    });
}

/** Its notifications; a last line that is still being written is left for the next time. @throws what is wrong with a line. */
export function readJournalFile({ path }: JournalFile): readonly Notification[] {
  const text = readFileSync(path, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      try {
        return notificationSchema.parse(JSON.parse(line));
      } catch (cause) {
        throw new Error(`line ${index + 1} is no notification`, { cause });
      }
    });
}
