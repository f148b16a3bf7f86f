import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import type { LedgerEntry } from './entry.ts';

/**
 * Appends entries as JSON lines, in the order of the calls. Any written line survives a kill of this process; `sync` makes it
 * survive the machine's too.
 */
export class LedgerWriter {
  readonly #path: string;
  readonly #fd: number;
  readonly #maxDelayMs: number;
  #lines: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed: boolean = false;

  /** Makes a new file, and its folder. @throws {FiredrillError} `invalid-data` when it is there already */
  constructor(path: string, options: { readonly maxDelayMs?: number } = {}) {
    this.#path = path;
    this.#maxDelayMs = options.maxDelayMs ?? 50;
    mkdirSync(dirname(path), { recursive: true });
    try {
      // Two loads in one file would use the same ids.
      this.#fd = openSync(path, 'ax', 0o644);
    } catch (cause) {
      throw new FiredrillError('invalid-data', 'the ledger cannot be made', { where: path, cause });
    }
  }

  /** Is in the file at the latest `maxDelayMs` (50) later. */
  append(entry: LedgerEntry): void {
    this.#lines.push(JSON.stringify(entry));
    this.#timer ??= setTimeout(() => this.flush(), this.#maxDelayMs);
  }

  /** Is in the file, with all before it, when this returns: for what must be known before it can have an effect. */
  appendNow(entry: LedgerEntry): void {
    this.#lines.push(JSON.stringify(entry));
    this.flush();
  }

  /** @throws {FiredrillError} `disk-full` when the operating system does not take it */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    } catch (cause) {
      throw new FiredrillError('disk-full', 'the ledger cannot be written', { where: this.#path, cause });
    }
  }

  /** To the disk: at the end of each phase. */
  sync(): void {
    this.flush();
    fsyncSync(this.#fd);
  }

  close(): void {
    if (this.#closed) return;
    this.sync();
    this.#closed = true;
    closeSync(this.#fd);
  }
}
