import { conditionsText, holdProblem, rowHead, rowLabel, rowWords } from '@firedrill/chaos/compare';
import type { CompareResult } from './compare-result.ts';

/** From the checkout's folder. */
export const comparePicture = 'docs/images/compare.svg';

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** Pure: README's picture and table of one fault on all levels, as Markdown. */
export function compareTable(file: string, result: CompareResult): string {
  const { experiment, variant, title, rows, commit, date, cores } = result;
  const name = variant === undefined ? experiment : `${experiment} --variant ${variant}`;
  const levers = rows.flatMap((row) =>
    (row.figures?.levers ?? []).map(
      ({ words, doneMs }) =>
        `level ${rowLabel(row, rows)}: \`${words}\` after ${(doneMs / 1000).toFixed(1)} s`,
    ),
  );
  const problems = [
    ...rows.flatMap((row) => row.problems.map((problem) => `- ${rowLabel(row, rows)}: ${problem}`)),
    ...holdProblem(result).map((problem) => `- ${problem}`),
  ];
  // One that was gone on with may be of several, and none of them the last.
  const made = [...new Set(rows.map((row) => `\`${row.commit ?? commit}\``))];
  return [
    `**The same fault at every level** (\`${name}\`: ${title}):`,
    '',
    `![How long no write was acknowledged, and when users were served again, level by level](${comparePicture})`,
    '',
    `| ${rowHead.map(capital).join(' | ')} |`,
    `|---|${rowHead
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
    ...rows.map((row) => `| ${rowWords(row, result).join(' | ')} |`),
    '',
    conditionsText(result),
    ...(levers.length === 0 ? [] : [`What the runbook did: ${levers.join(', ')}.`]),
    `Measured on ${date} at ${made.length === 1 ? 'commit' : 'commits'} ${made.join(', ')} on ${cores} cores ([data](docs/results/${file})); \`pnpm bench compare\` measures again.`,
    ...(problems.length === 0 ? [] : ['', 'What did not pass:', '', ...problems]),
  ].join('\n');
}
