import { type ErrorCode, errorCodes } from './codes.ts';

export interface FiredrillErrorOptions {
  /** The file, field, flag, node or component it is about. */
  readonly where?: string;
  /** What the user can do about it, as an imperative sentence. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/** An error that a user can act on. It prints as one line: what, where, what to do. */
export class FiredrillError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly fix: string | undefined;

  constructor(code: ErrorCode, message: string, options: FiredrillErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'FiredrillError';
    this.code = code;
    this.where = options.where;
    this.fix = options.fix;
  }

  get exitCode(): number {
    return errorCodes[this.code].exit;
  }

  /** One line without a trailing newline, e.g. `firedrill: unknown level 9 (--level): use one of 1 [usage]`. */
  toLine(): string {
    const where = this.where === undefined ? '' : ` (${this.where})`;
    const fix = this.fix === undefined ? '' : `: ${this.fix}`;
    return `firedrill: ${this.message}${where}${fix} [${this.code}]`.replaceAll('\n', ' ');
  }
}
