import { join } from 'node:path';
import { LineRecord } from './line-record.ts';
import { type CellResult, cellResultSchema } from './suite-result.ts';

/** What of a suite is done, on disk after each cell: `<runs>/suites/<key>/cells.jsonl`. */
export class SuiteRecord extends LineRecord<CellResult> {
  constructor(runs: string, key: string) {
    super(join(runs, 'suites', key), 'cells.jsonl', cellResultSchema, ({ cell }) => cell);
  }

  /** What came to a verdict of its own; what was cut off begins again. */
  done(cell: string): CellResult | undefined {
    const result = this.get(cell);
    return result === undefined || result.verdict === 'aborted' || result.verdict === 'missing'
      ? undefined
      : result;
  }
}
