import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type JournalEvent, readJournal } from '@firedrill/chaos';
import { FiredrillError } from '@firedrill/errors';

/** Reads a run's journal again only when it has grown. */
export class GrowingJournal {
  #path = '';
  #bytes = -1;
  #events: readonly JournalEvent[] = [];

  /** @throws {FiredrillError} `run-not-found`, `invalid-data` */
  async read(runs: string, run: string): Promise<readonly JournalEvent[]> {
    const path = join(runs, run, 'journal.jsonl');
    const bytes = statSync(path, { throwIfNoEntry: false })?.size;
    if (bytes === undefined) {
      throw new FiredrillError('run-not-found', `the folder of run ${run} is not among these runs`, {
        where: runs,
        fix: 'start `pnpm dash` with the same folder: `--runs`',
      });
    }
    if (path !== this.#path || bytes !== this.#bytes) {
      this.#events = await readJournal(path);
      this.#path = path;
      this.#bytes = bytes;
    }
    return this.#events;
  }
}
