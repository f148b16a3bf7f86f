import type { Run } from '../checks/run.ts';
import type { Verdict } from './verdict.ts';

/** Pure: the checks as JUnit test cases, for whatever reads CI results; an inconclusive check is an error, not a failure. */
export function renderJunit(verdict: Verdict, run: Run): string {
  const of = (kind: string) => verdict.checks.filter((check) => check.verdict === kind).length;
  const suite = `${verdict.experiment}${verdict.variant === undefined ? '' : `.${verdict.variant}`}.level-${verdict.level}`;
  const seconds = ((run.times.endMs - run.times.plannedMs) / 1000).toFixed(3);
  const aborted = verdict.verdict === 'aborted' ? 1 : 0;
  const counts = `tests="${verdict.checks.length + aborted}" failures="${of('fail')}" errors="${of('inconclusive') + aborted}"`;
  const started = new Date(run.times.plannedMs).toISOString().slice(0, 19);
  const cases = verdict.checks.map((check) => {
    const open = `    <testcase classname="${attribute(suite)}" name="${attribute(check.name)}" time="0"`;
    if (check.verdict === 'pass') return `${open}/>`;
    const tag = check.verdict === 'fail' ? 'failure' : 'error';
    const details = text(check.evidence.join('\n'));
    return `${open}>\n      <${tag} type="${check.verdict}" message="${attribute(check.summary)}">${details}</${tag}>\n    </testcase>`;
  });
  if (aborted === 1) {
    const open = `    <testcase classname="${attribute(suite)}" name="run" time="0">`;
    cases.push(`${open}\n      <error type="aborted" message="The run was aborted."/>\n    </testcase>`);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="firedrill" ${counts} time="${seconds}">`,
    `  <testsuite name="${attribute(suite)}" ${counts} time="${seconds}" timestamp="${started}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** XML 1.0 has no way to write most control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** XML's character data. */
export function text(value: string): string {
  return value
    .replaceAll(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

export function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}
