import { closeSync, constants, fsyncSync, openSync, writeSync } from 'node:fs';
import { FiredrillError } from '@firedrill/errors';
import { type JournalEvent, journalEventSchema } from './event.ts';

type Body<E> = E extends JournalEvent ? Omit<E, 'seq' | 'at'> : never;
/** An event without its number and time: the writer gives both. */
export type JournalEntry = Body<JournalEvent>;

/** What must be on disk before the run goes on: an intent before its effect, a phase before what it brings. */
const durable: ReadonlySet<JournalEvent['type']> = new Set([
  'planned',
  'phase',
  'intent',
  'healed',
  'abort',
  'finished',
]);

/** Appends a run's journal. Synchronous on purpose: when `append` returns, the line is in the file. */
export class JournalWriter {
  readonly #fd: number;
  readonly #now: () => number;
  #seq = 0;

  /** @param path a file that must not exist yet. */
  constructor(path: string, now: () => number = Date.now) {
    this.#fd = openSync(
      path,
      constants.O_CREAT | constants.O_EXCL | constants.O_APPEND | constants.O_WRONLY,
      0o644,
    );
    this.#now = now;
  }

  /**
   * Numbers, dates, checks and writes one event.
   * @throws {z.ZodError} an event that nobody could read back. @throws {FiredrillError} `disk-full`
   */
  append(entry: JournalEntry): JournalEvent {
    const event = journalEventSchema.parse({
      seq: this.#seq,
      at: new Date(this.#now()).toISOString(),
      ...entry,
    });
    this.#seq += 1;
    try {
      writeSync(this.#fd, `${JSON.stringify(event)}\n`);
      if (durable.has(event.type)) fsyncSync(this.#fd);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
      throw new FiredrillError('disk-full', 'no space is left for the journal of the run', { cause });
    }
    return event;
  }

  close(): void {
    fsyncSync(this.#fd);
    closeSync(this.#fd);
  }
}
