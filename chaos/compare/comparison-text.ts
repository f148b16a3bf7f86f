import { columns, formatDuration } from '@firedrill/slo';
import type { Comparison } from './comparison-result.ts';
import type { PlannedComparison } from './plan-comparison.ts';
import { conditionsText, holdProblem, rowHead, rowLabel, rowWords } from './row-words.ts';

const nameOf = ({ experiment, variant }: Pick<Comparison, 'experiment' | 'variant'>): string =>
  variant === undefined ? experiment : `${experiment}, variant ${variant}`;

/** Pure: what a person reads at the end of a comparison. */
export function comparisonText(comparison: Comparison, folder: string): string {
  const { key, title, rows } = comparison;
  const levers = rows.flatMap((row) =>
    (row.figures?.levers ?? []).map(
      ({ words, doneMs }) => `${rowLabel(row, rows)}: ${words} done after ${(doneMs / 1000).toFixed(1)} s`,
    ),
  );
  const commits = [...new Set(rows.flatMap(({ commit }) => commit ?? []))];
  return [
    `${nameOf(comparison)}: ${title}`,
    ...columns([[...rowHead], ...rows.map((row) => rowWords(row, comparison))]),
    conditionsText(comparison),
    ...levers,
    ...rows.flatMap((row) => row.problems.map((problem) => `${rowLabel(row, rows)}: ${problem}`)),
    ...holdProblem(comparison),
    ...(commits.length > 1 ? [`made by commits ${commits.join(', ')}`] : []),
    `written to ${folder}; the key ${key} goes on where it stopped`,
  ].join('\n');
}

/** Pure: what `--dry-run` prints. */
export function plannedText(planned: PlannedComparison): string {
  const { key, experiment, variant, rps, holdMs, seed, yardstick, rows } = planned;
  const name = nameOf({ experiment: experiment.name, ...(variant === undefined ? {} : { variant }) });
  const minutes = rows.reduce((sum, { plan }) => sum + plan.loadMs, 0) / 60_000;
  return [
    `${name}: ${experiment.title}`,
    ...rows.map(({ topology, page, plan }) => {
      const what = [...Map.groupBy(plan.faults, ({ label }) => label)]
        .map(([label, times]) => (times.length === 1 ? label : `${label}, ${times.length} times`))
        .join(', ');
      const who = page === undefined ? 'nobody comes' : `${page} is answered by its runbook`;
      return `level ${topology.number}: ${what}; ${who}`;
    }),
    `${rps} requests a second, seed ${seed}, the fault in for ${formatDuration(holdMs / 1000)}, yardstick ${yardstick.name} at ${(100 * yardstick.objective).toFixed(1)} %`,
    `load for about ${Math.ceil(minutes)} min in all`,
    `key ${key}`,
  ].join('\n');
}
