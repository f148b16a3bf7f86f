import { type FileHandle, open, readFile, truncate } from 'node:fs/promises';
import { type Notification, notificationSchema, type Unnumbered } from './notification.ts';

/** The durable list of notifications: JSON lines, on disk (fsync) before `append` returns. */
export class NotificationJournal {
  readonly #file: FileHandle;
  readonly #entries: Notification[];
  #pending: Promise<unknown> = Promise.resolve();
  #lastSeq: number;

  private constructor(file: FileHandle, entries: Notification[]) {
    this.#file = file;
    this.#entries = entries;
    this.#lastSeq = entries.at(-1)?.seq ?? 0;
  }

  /**
   * Opens or continues a journal. A last line cut short by a crash was never acknowledged to Alertmanager, which sends it
   * again: it is dropped. @throws when an earlier line is broken, rather than forget what it said.
   */
  static async open(path: string): Promise<NotificationJournal> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
    const entries = whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => notificationSchema.parse(JSON.parse(line)));
    return new NotificationJournal(await open(path, 'a', 0o600), entries);
  }

  /** Numbers and keeps the notifications of one delivery, all or none. */
  append(notifications: readonly Unnumbered[]): Promise<readonly Notification[]> {
    const write = async (): Promise<readonly Notification[]> => {
      const numbered = notifications.map((notification, index) => ({
        seq: this.#lastSeq + index + 1,
        ...notification,
      }));
      const { size } = await this.#file.stat();
      try {
        await this.#file.appendFile(numbered.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
        await this.#file.datasync();
      } catch (error) {
        // A full disk may have taken half of it: what is not acknowledged must not stay.
        await this.#file.truncate(size).catch(() => undefined);
        throw error;
      }
      this.#lastSeq += numbered.length;
      this.#entries.push(...numbered);
      return numbered;
    };
    const result = this.#pending.then(write, write);
    this.#pending = result.catch(() => undefined);
    return result;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The newest entry of an alert, if it ever came. */
  last(alert: string): Notification | undefined {
    return this.#entries.findLast((entry) => entry.alert === alert);
  }

  /** Entries after a number, oldest first. */
  since(seq: number): readonly Notification[] {
    return this.#entries.filter((entry) => entry.seq > seq);
  }

  async close(): Promise<void> {
    await this.#pending;
    await this.#file.close();
  }
}
