import { type FileHandle, mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Notification, notificationSchema, type Unnumbered } from './notification.ts';
import { isRepeat, type Newest } from './repeat.ts';

/**
 * The durable list of notifications: JSON lines, on disk (fsync) before `append` returns. Line N holds number N. Only the newest
 * of each alert is kept in memory.
 */
export class NotificationJournal {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #newest: Map<string, Newest>;
  #pending: Promise<unknown> = Promise.resolve();
  #lastSeq: number;

  private constructor(path: string, file: FileHandle, entries: readonly Notification[]) {
    this.#path = path;
    this.#file = file;
    this.#newest = newestOf(entries);
    this.#lastSeq = entries.length;
  }

  /**
   * Opens or continues a journal. A last line cut short by a crash was never acknowledged to Alertmanager, which sends it
   * again: it is dropped. @throws when an earlier line is broken, rather than forget what it said.
   */
  static async open(path: string): Promise<NotificationJournal> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
    const entries = linesOf(whole).map((line) => notificationSchema.parse(JSON.parse(line)));
    const misnumbered = entries.find(({ seq }, index) => seq !== index + 1);
    if (misnumbered !== undefined) throw new Error(`${path}: number ${misnumbered.seq} is out of its place`);
    return new NotificationJournal(path, await open(path, 'a', 0o600), entries);
  }

  /** Numbers and keeps what is new in one delivery, all of it or none. @returns what was new. */
  append(notifications: readonly Unnumbered[]): Promise<readonly Notification[]> {
    const write = async (): Promise<readonly Notification[]> => {
      const fresh = this.#withoutRepeats(notifications);
      if (fresh.length === 0) return fresh;
      const { size } = await this.#file.stat();
      try {
        await this.#file.appendFile(fresh.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
        await this.#file.datasync();
      } catch (error) {
        // A full disk may have taken half of it: what is not acknowledged must not stay.
        await this.#file.truncate(size).catch(() => undefined);
        throw error;
      }
      this.#lastSeq += fresh.length;
      for (const [fingerprint, newest] of newestOf(fresh)) this.#newest.set(fingerprint, newest);
      return fresh;
    };
    const result = this.#pending.then(write, write);
    this.#pending = result.catch(() => undefined);
    return result;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The newest of an alert, if it ever came. */
  newest(fingerprint: string): Newest | undefined {
    return this.#newest.get(fingerprint);
  }

  /** Entries after a number, oldest first. */
  async since(seq: number): Promise<readonly Notification[]> {
    const last = this.#lastSeq;
    if (seq >= last) return [];
    const lines = linesOf(await readFile(this.#path, 'utf8'));
    return lines.slice(seq, last).map((line) => JSON.parse(line) as Notification);
  }

  async close(): Promise<void> {
    await this.#pending;
    await this.#file.close();
  }

  #withoutRepeats(notifications: readonly Unnumbered[]): readonly Notification[] {
    const fresh: Notification[] = [];
    for (const notification of notifications) {
      const { fingerprint } = notification;
      const before =
        fresh.findLast((entry) => entry.fingerprint === fingerprint) ?? this.#newest.get(fingerprint);
      if (!isRepeat(before, notification))
        fresh.push({ seq: this.#lastSeq + fresh.length + 1, ...notification });
    }
    return fresh;
  }
}

const linesOf = (text: string): readonly string[] => text.split('\n').slice(0, -1);

const newestOf = (entries: readonly Notification[]): Map<string, Newest> =>
  new Map(
    entries.map(({ fingerprint, status, startsAt, endsAt }) => [
      fingerprint,
      { status, startsAt, ...(endsAt === undefined ? {} : { endsAt }) },
    ]),
  );
