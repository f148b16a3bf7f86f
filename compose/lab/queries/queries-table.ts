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
  const lines = rows.flatMap((row) => {
    const plans = [...plannedText(row), ...slowText(row)];
    return plans.length === 0 ? [] : ['', `plan of ${oneLine(row.query)}`, ...plans];
  });
  const slow = rows.some(({ plans }) => plans.length > 0);
  return slow ? lines : [...lines, '', 'no call was slow enough for its own plan to be logged (250 ms)'];
}

function plannedText({ planned }: QueryRow): readonly string[] {
  if (planned === null) return [];
  const { shape, was } = planned;
  return was === null ? [`  ${shape}`] : [`  new plan: ${shape}`, `  before: ${was}`];
}

const slowText = ({ plans }: QueryRow): readonly string[] =>
  plans.map(
    ({ shape, times, slowestMs, isNew }) =>
      `  slow calls: ${isNew ? 'new plan' : 'plan'}, ${times} ×, up to ${slowestMs.toFixed(0)} ms: ${shape}`,
  );

function oneLine(query: string): string {
  const line = query.replaceAll(/\s+/g, ' ').trim();
  return line.length <= widest ? line : `${line.slice(0, widest - 1)}…`;
}
