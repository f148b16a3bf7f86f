import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';

/** What of a long work is done, on disk after each part of it, a line each. */
export class LineRecord<T extends object> {
  readonly folder: string;
  readonly #path: string;
  readonly #nameOf: (part: T) => string;
  readonly #parts = new Map<string, T>();

  /** @param nameOf tells the parts apart; of two with one name the later counts. */
  constructor(folder: string, file: string, schema: z.ZodType<T>, nameOf: (part: T) => string) {
    this.folder = folder;
    this.#path = join(folder, file);
    this.#nameOf = nameOf;
    mkdirSync(folder, { recursive: true });
    const text = existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '';
    // Ends a torn line, so that the next one is whole.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(this.#path, '\n');
    for (const line of text.split('\n')) {
      const part = parse(line, schema);
      if (part !== undefined) this.#parts.set(nameOf(part), part);
    }
  }

  get(name: string): T | undefined {
    return this.#parts.get(name);
  }

  add(part: T): void {
    this.#parts.set(this.#nameOf(part), part);
    appendFileSync(this.#path, `${JSON.stringify(part)}\n`);
  }

  forget(): void {
    this.#parts.clear();
    rmSync(this.#path, { force: true });
  }
}

/** `undefined` for a line that a killed process tore, or another version wrote: that part begins again. */
function parse<T>(line: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
