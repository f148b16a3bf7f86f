import type { CellsResult } from './cells-result.ts';

const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** Pure: the table of experiments on their levels, as Markdown. @param folder of the results, from where the table stands. */
export function cellsTable(file: string, { date, cores, runs }: CellsResult, folder: string): string {
  const rows = runs.map((run) =>
    [
      `\`${run.experiment}${run.variant === undefined ? '' : ` --variant ${run.variant}`}\``,
      run.level,
      run.seed,
      run.verdict,
      seconds(run.predictedMs),
      seconds(run.measuredMs),
      `${run.acknowledged} / ${run.lost}${run.lostInPromise === 0 ? '' : ` (${run.lostInPromise} in promise)`} / ${run.duplicated}`,
      `${run.percentOf30d.toFixed(3)} %`,
    ].join(' | '),
  );
  const commits = [...new Set(runs.map((run) => `\`${run.commit}\``))];
  const made = `${commits.length === 1 ? 'commit' : 'commits'} ${commits.join(', ')}`;
  return [
    '| Experiment | Level | Seed | Verdict | Alert predicted | Alert measured | Orders acknowledged / lost / twice | 30-day budget burnt |',
    '|---|---:|---:|---|---:|---:|---:|---:|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Measured on ${date} at ${made} on ${cores} cores ([data](${folder}/${file})); \`pnpm bench cells\` measures again.`,
  ].join('\n');
}
