import { attribute, text } from '../report/render-junit.ts';
import { isAsWanted } from './score.ts';
import type { CellResult, SuiteResult } from './suite-result.ts';

/** Pure: a test case for each cell, a test suite for each level; what nobody knows is an error and no failure. */
export function suiteJunit({ name, cells }: SuiteResult): string {
  const levels = [...Map.groupBy(cells, ({ level }) => level)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="firedrill.${attribute(name)}" ${counts(cells)}>`,
    ...levels.flatMap(([level, own]) => [
      `  <testsuite name="${attribute(name)}.level-${level}" ${counts(own)}>`,
      ...own.map((cell) => testCase(name, cell)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(cells: readonly CellResult[]): string {
  const failures = cells.filter(({ verdict }) => verdict === 'fail').length;
  const passed = cells.filter(isAsWanted).length;
  const seconds = cells.reduce((sum, cell) => sum + cell.seconds, 0).toFixed(1);
  return `tests="${cells.length}" failures="${failures}" errors="${cells.length - failures - passed}" time="${seconds}"`;
}

function testCase(suite: string, result: CellResult): string {
  const { cell, level, verdict, losses, seconds } = result;
  const open = `    <testcase classname="${attribute(suite)}.level-${level}" name="${attribute(cell)}" time="${seconds}"`;
  if (isAsWanted(result)) return `${open}/>`;
  const tag = verdict === 'fail' ? 'failure' : 'error';
  const [first] = losses;
  const details = losses.map(({ check, summary, fix }) => `${check}: ${summary}\n  ${fix}`).join('\n');
  return `${open}>\n      <${tag} type="${verdict}" message="${attribute(first?.summary ?? verdict)}">${text(details)}</${tag}>\n    </testcase>`;
}
