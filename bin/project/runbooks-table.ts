import { daysOf } from './fresh-runs.ts';
import type { Executed, ExecutedResult } from './runbooks-result.ts';

const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** `mitigated, checkout: error ratio 0.0 % of 71 requests (wanted ≤ 5.0 %)` → `checkout: error ratio 0.0 % of 71 requests` */
const figure = (text: string): string => text.replace(/^mitigated, /, '').replace(/ \(wanted.*$/, '');

const outcomeOf = ({ outcome, problems }: Executed): string =>
  problems.length === 0 ? outcome : `**${outcome}**, not as it must be`;

/** Pure: the executed runbooks as Markdown. @param folder of the results, from where the table stands. */
export function runbooksTable(file: string, { cores, runs }: ExecutedResult, folder: string): string {
  const rows = runs.map((run) => {
    const [, fault = ''] = run.name.split(' × ');
    return [
      `[${run.alert}](${run.alert}.md)`,
      `\`${fault.split('@')[0]}\``,
      run.level,
      outcomeOf(run),
      run.levers.map((words) => `\`${words}\``).join(', ') || '–',
      seconds(run.pagedMs),
      seconds(run.walkedMs),
      run.served.map(figure).join('; ') || '–',
      `${run.acknowledged} / ${run.lost} / ${run.duplicated}`,
    ].join(' | ');
  });
  const good = runs.filter(({ problems }) => problems.length === 0).length;
  const commits = [...new Set(runs.map((run) => `\`${run.commit}\``))].join(', ');
  return [
    '| Page | Fault, still in | Level | Ended | Levers | Page after | Runbook took | Users from its end to the heal | Orders acknowledged / lost / twice |',
    '|---|---|---:|---|---|---:|---:|---|---:|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `${good} of ${runs.length} ended as they must. Measured on ${daysOf(runs)} at commit ${commits} on ${cores} cores ([data](${folder}/${file}), with the id of each run); \`pnpm bench runbooks\` measures again.`,
  ].join('\n');
}
