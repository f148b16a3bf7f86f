import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CellResult, cellResultSchema } from './suite-result.ts';

/** What of a suite is done, on disk after each cell: `<runs>/suites/<key>/cells.jsonl`. */
export class SuiteRecord {
  readonly folder: string;
  readonly #path: string;
  readonly #results = new Map<string, CellResult>();

  constructor(runs: string, key: string) {
    this.folder = join(runs, 'suites', key);
    this.#path = join(this.folder, 'cells.jsonl');
    mkdirSync(this.folder, { recursive: true });
    const text = existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '';
    // Ends a torn line, so that the next one is whole.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(this.#path, '\n');
    for (const line of text.split('\n')) {
      const result = parse(line);
      if (result !== undefined) this.#results.set(result.cell, result);
    }
  }

  /** What came to a verdict of its own; what was cut off begins again. */
  done(cell: string): CellResult | undefined {
    const result = this.#results.get(cell);
    return result === undefined || result.verdict === 'aborted' || result.verdict === 'missing'
      ? undefined
      : result;
  }

  add(result: CellResult): void {
    this.#results.set(result.cell, result);
    appendFileSync(this.#path, `${JSON.stringify(result)}\n`);
  }

  forget(): void {
    this.#results.clear();
    rmSync(this.#path, { force: true });
  }
}

/** `undefined` for a line that a killed suite tore, or another version wrote: that cell begins again. */
function parse(line: string): CellResult | undefined {
  try {
    return cellResultSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
