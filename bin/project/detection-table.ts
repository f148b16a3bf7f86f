import {
  type DetectionResult,
  type DetectionRun,
  detectionFigures,
  mostExcessMs,
  mostRatio,
} from './detection-result.ts';
import { daysOf } from './fresh-runs.ts';

const seconds = (ms: number | undefined | null): string =>
  ms === undefined || ms === null ? '–' : `${(ms / 1000).toFixed(2)} s`;
const times = (ratio: number | undefined): string => (ratio === undefined ? '–' : ratio.toFixed(3));

/** Pure: the table of detections, as Markdown. @param folder of the results, from where the table stands. */
export function detectionTable(file: string, { cores, runs }: DetectionResult, folder: string): string {
  const rows = [...Map.groupBy(runs, ({ cell }) => cell)].map(([cell, own]) => row(cell, own));
  const all = detectionFigures(runs);
  const commits = [...new Set(runs.map(({ commit }) => `\`${commit}\``))];
  return [
    '| Cell | Runs that count | Crossing of θ after the first bad event | Measured ÷ best possible | Crossing to delivery | Pages missing |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows,
    '',
    `In the median, where the crossing takes 10 s or more, measured ÷ best possible is **${times(all.ratio)}** (${all.ratioOf} pages; at most ${mostRatio}); elsewhere a page is delivered **${seconds(all.excessMs)}** after the crossing (${all.excessOf} pages; at most ${seconds(mostExcessMs)}). Pages missing: ${all.without}.`,
    '',
    `Measured on ${daysOf(runs)} at ${commits.length === 1 ? 'commit' : 'commits'} ${commits.join(', ')} on ${cores} cores ([data](${folder}/${file})); \`pnpm bench detection\` measures again.`,
  ].join('\n');
}

function row(cell: string, runs: readonly DetectionRun[]): string {
  const counting = runs.filter(({ counts }) => counts);
  const crossings = counting
    .flatMap(({ pages }) => pages.flatMap(({ crossingMs }) => crossingMs ?? []))
    .sort((a, b) => a - b);
  const [first, last] = [crossings[0], crossings.at(-1)];
  const span = first === last ? seconds(first) : `${seconds(first)} to ${seconds(last)}`;
  const { ratio, excessMs, without } = detectionFigures(runs);
  return `| \`${cell}\` | ${counting.length} of ${runs.length} | ${span} | ${times(ratio)} | ${seconds(excessMs)} | ${without} |`;
}
