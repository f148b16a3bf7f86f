import type { Results } from './results.ts';

const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** Pure: the README's table of measured runs, as Markdown. */
export function resultsTable(file: string, results: Results): string {
  const rows = results.runs.map((run) =>
    [
      `\`${run.experiment}\``,
      run.seed,
      run.verdict,
      seconds(run.predictedMs),
      seconds(run.measuredMs),
      `${run.acknowledged} / ${run.lost} / ${run.duplicated}`,
      `${run.percentOf30d.toFixed(3)} %`,
      `${run.wallSeconds.toFixed(0)} s`,
    ].join(' | '),
  );
  return [
    '| Experiment | Seed | Verdict | Page predicted | Page measured | Orders acknowledged / lost / twice | 30-day budget burnt | Wall time |',
    '|---|---:|---|---:|---:|---:|---:|---:|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Measured on ${results.date} at commit \`${results.commit}\` on ${results.cores} cores ([data](docs/results/${file})); \`pnpm bench runs\` measures again.`,
  ].join('\n');
}
