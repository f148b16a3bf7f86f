import type { DrilledResult } from './drills-result.ts';
import { daysOf } from './fresh-runs.ts';

const seconds = (ms: number | null): string => (ms === null ? '–' : (ms / 1000).toFixed(0));

/** Pure: the drills that the runbooks played as Markdown. @param folder of the results, from where the table stands. */
export function drillsTable(file: string, { cores, drills }: DrilledResult, folder: string): string {
  const rows = drills.map((one) =>
    [
      `\`${one.scenario}\``,
      one.level,
      `${one.resolved ? 'resolved' : '**not resolved**'}${one.attempt === 1 ? '' : `, attempt ${one.attempt}`}`,
      one.score ?? '–',
      [one.afterPage.acknowledgedMs, one.afterPage.saidMs, one.afterPage.actedMs].map(seconds).join(' / '),
      one.walked.join(', ') || '–',
      one.missed.join('; ') || '–',
      `${one.acknowledged} / ${one.lost} / ${one.duplicated}`,
    ].join(' | '),
  );
  const resolved = drills.filter((one) => one.resolved).length;
  const commits = [...new Set(drills.map((one) => `\`${one.commit}\``))].join(', ');
  return [
    '| Scenario | Level | Ended | Score | Acknowledged / said / mended, s after the page | Runbooks | Not reached, and costs | Orders acknowledged / lost / twice |',
    '|---|---:|---|---:|---:|---|---|---:|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `${resolved} of ${drills.length} resolved by the runbooks alone; one that others disturbed, and that was not resolved, was played again. Measured on ${daysOf(drills)} at commit ${commits} on ${cores} cores ([data](${folder}/${file})); \`pnpm bench drills\` measures again.`,
  ].join('\n');
}
