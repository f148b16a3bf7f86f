import { columns } from '@firedrill/slo';
import type { QueryReport, QueryRow } from './compare.ts';

const widest = 100;

/** Pure: the report for people, the longest statements first. */
export function queriesTable({ since, seconds, totalMs, rows }: QueryReport, top: number): string {
  const compared = rows.some(({ before }) => before !== null);
  const shown = rows.slice(0, top);
  const heading = [
    'time s',
    'share',
    'calls',
    '/s',
    'mean ms',
    compared ? 'before' : '',
    'blocks',
    'servers',
    'statement',
  ];
  return [
    `${(totalMs / 1000).toFixed(1)} s of statements in ${seconds.toFixed(0)} s, since ${since}`,
    '',
    ...columns([heading, ...shown.map((row) => cellsOf(row, compared))]),
    ...plansText(shown),
  ].join('\n');
}

function cellsOf(row: QueryRow, compared: boolean): readonly string[] {
  const { before, calls, meanMs, servers, share, totalMs, blocks, callsPerSecond } = row;
  const was =
    before === null ? 'new' : `was ${before.meanMs.toFixed(2)}, ${before.callsPerSecond.toFixed(1)}/s`;
  return [
    ...[
      (totalMs / 1000).toFixed(2),
      `${(100 * share).toFixed(0)} %`,
      String(calls),
      callsPerSecond.toFixed(1),
    ],
    ...[meanMs.toFixed(2), compared ? was : '', (blocks / calls).toFixed(0)],
    Object.entries(servers)
      .map(([node, own]) => `${node} ${own}`)
      .join(', '),
    oneLine(row.query),
  ];
}

function plansText(rows: readonly QueryRow[]): readonly string[] {
  const lines = rows.flatMap(({ query, plans }) =>
    plans.length === 0
      ? []
      : [
          '',
          `slow calls of ${oneLine(query)}`,
          ...plans.map(
            ({ shape, times, slowestMs, isNew }) =>
              `  ${isNew ? 'new plan' : 'plan'}, ${times} ×, up to ${slowestMs.toFixed(0)} ms: ${shape}`,
          ),
        ],
  );
  return lines.length === 0 ? ['', 'no call was slow enough for its plan to be logged (250 ms)'] : lines;
}

function oneLine(query: string): string {
  const line = query.replaceAll(/\s+/g, ' ').trim();
  return line.length <= widest ? line : `${line.slice(0, widest - 1)}…`;
}
