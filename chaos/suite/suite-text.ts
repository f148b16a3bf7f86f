import { columns } from '@firedrill/slo';
import { scoreText } from './score.ts';
import type { CellResult, SuiteResult } from './suite-result.ts';

const seconds = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`;

const head = [
  'cell',
  'verdict',
  'alert predicted',
  'measured',
  'orders / lost / twice',
  '30-day budget',
  'took',
];

/** Pure: the one table at the end of a suite, its score, and what each loss takes to be won back. */
export function suiteText({ name, key, score, cells }: SuiteResult, folder: string): string {
  const commits = [...new Set(cells.flatMap(({ commit }) => commit ?? []))];
  return [
    `suite ${name}`,
    ...columns([head, ...cells.map(row)]),
    `score   ${scoreText(score)}`,
    ...(commits.length > 1 ? [`made by commits ${commits.join(', ')}`] : []),
    ...cells.flatMap(({ cell, losses }) =>
      losses.flatMap(({ verdict, check, summary, fix }) => [
        `${cell}: ${verdict} ${check}: ${summary}`,
        `    ${fix}`,
      ]),
    ),
    `written to ${folder}; the key ${key} goes on where it stopped`,
  ].join('\n');
}

function row({
  cell,
  control,
  verdict,
  wanted,
  detection,
  orders,
  percentOf30d,
  seconds: took,
}: CellResult): readonly string[] {
  return [
    control ? `${cell} (control)` : cell,
    verdict === wanted && wanted !== 'pass' ? `${verdict}, as it must be` : verdict,
    seconds(detection?.predictedMs),
    seconds(detection?.measuredMs),
    orders === undefined ? '–' : `${orders.acknowledged} / ${orders.lost} / ${orders.duplicated}`,
    percentOf30d === undefined ? '–' : `${percentOf30d.toFixed(3)} %`,
    took === 0 ? '–' : `${took} s`,
  ];
}
