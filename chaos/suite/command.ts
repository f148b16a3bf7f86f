import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { thisCheckout } from '@firedrill/lab/control';
import { experiments } from '../experiments/index.ts';
import { refuseWhileHalted } from '../halt/halt-order.ts';
import { cellName } from './cell.ts';
import type { SuiteCommand } from './command-line.ts';
import { matrixCells } from './matrix.ts';
import { planSuite } from './plan-suite.ts';
import { runSuite } from './run-suite.ts';
import { isAsWanted } from './score.ts';
import { readSuite } from './suite.ts';
import { suiteJunit } from './suite-junit.ts';
import type { SuiteResult } from './suite-result.ts';
import { suiteText } from './suite-text.ts';

/**
 * `pnpm chaos suite <file>` and `pnpm chaos matrix`.
 * @returns the exit code: 0 all as they must be, 1 a cell failed, 2 something is not known, 3 stopped on the way.
 * @throws {FiredrillError} with exit code 64 for what cannot be run; nothing was started then.
 */
export async function suiteCommand(command: SuiteCommand, base: string): Promise<number> {
  const { clock, json, again, dryRun } = command.options;
  const suite =
    command.name === 'suite'
      ? await readSuite(command.file, base)
      : { name: 'matrix', cells: matrixCells({ experiments, ...command.matrix }), base };
  const planned = await planSuite(suite, clock);
  const print = (value: object, text: string): void =>
    void process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
  if (dryRun) {
    const names = planned.cells.map(({ cell }) => cellName(cell));
    print({ name: suite.name, key: planned.key, cells: names }, [...names, `key ${planned.key}`].join('\n'));
    return 0;
  }
  refuseWhileHalted();
  const out =
    command.options.out === undefined ? resolve(thisCheckout, 'runs') : resolve(base, command.options.out);
  const onLine = (line: string): void => void process.stderr.write(`${line}\n`);
  const { result, folder, stopped } = await runSuite({ suite: planned, clock, out, again, onLine });
  writeFileSync(join(folder, 'suite.json'), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(folder, 'suite.txt'), suiteText(result, folder));
  writeFileSync(join(folder, 'junit.xml'), suiteJunit(result));
  print(result, suiteText(result, folder));
  return stopped === undefined ? suiteExitCode(result) : 3;
}

/** Pure. */
export function suiteExitCode({ cells }: Pick<SuiteResult, 'cells'>): 0 | 1 | 2 {
  if (cells.some(({ verdict }) => verdict === 'fail')) return 1;
  return cells.every(isAsWanted) ? 0 : 2;
}
