import { relative, resolve } from 'node:path';
import { FiredrillError, runMain } from '@firedrill/errors';
import { parseReportCommand } from './command-line.ts';
import { findRun, latestRuns } from './find-run.ts';
import { sayRecomputed } from './recompute/say-recomputed.ts';
import { writeReport } from './write-report.ts';

const checkout = resolve(import.meta.dirname, '../..');

/** `pnpm report <run>`. Making a report succeeds whatever its verdict is. */
await runMain(async () => {
  const words = process.argv.slice(2);
  const runs = resolve(checkout, 'runs');
  if (words.length === 0) {
    const latest = latestRuns(runs);
    const fix =
      latest.length === 0
        ? 'make one with `pnpm chaos partition-primary`'
        : `use one of ${latest.join(', ')}`;
    throw new FiredrillError('usage', 'no run was named', { fix });
  }
  const command = parseReportCommand(words);
  if (typeof command === 'string') {
    process.stdout.write(command);
    return 0;
  }
  const folder = findRun(command.runs === undefined ? runs : resolve(command.runs), command.run);
  if (command.recompute) return sayRecomputed(folder, command.json);
  const verdict = await writeReport(folder);
  if (command.json) process.stdout.write(`${JSON.stringify(verdict, undefined, 2)}\n`);
  else process.stdout.write(`${verdict.verdict}  ${relative(process.cwd(), folder) || '.'}/report.html\n`);
  return 0;
});
