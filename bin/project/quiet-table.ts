import { daysOf } from './fresh-runs.ts';
import type { QuietResult } from './quiet-result.ts';

/** Pure: the table of quiet runs, as Markdown. @param folder of the results, from where the table stands. */
export function quietTable(file: string, { cores, runs }: QuietResult, folder: string): string {
  const rows = runs.map((run) =>
    [
      run.level,
      run.traffic,
      run.for,
      run.seed,
      run.verdict,
      run.alerts.length === 0 ? 'none' : run.alerts.join(', '),
      run.badEvents,
      `${run.acknowledged} / ${run.lost} / ${run.duplicated}`,
    ].join(' | '),
  );
  const commits = [...new Set(runs.map((run) => `\`${run.commit}\``))];
  return [
    '| Level | Traffic | For | Seed | Verdict | Pages and tickets | Bad events of the worst SLO | Orders acknowledged / lost / twice |',
    '|---:|---|---:|---:|---|---|---:|---:|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Measured on ${daysOf(runs)} at ${commits.length === 1 ? 'commit' : 'commits'} ${commits.join(', ')} on ${cores} cores ([data](${folder}/${file})); \`pnpm bench quiet\` measures again.`,
  ].join('\n');
}
