import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Verdict } from '../report/verdict.ts';
import { cellResult, notRun } from './cell-result.ts';
import { suiteExitCode } from './command.ts';
import { scoreOf } from './score.ts';
import { suiteJunit } from './suite-junit.ts';
import { SuiteRecord } from './suite-record.ts';
import type { SuiteResult } from './suite-result.ts';
import { suiteText } from './suite-text.ts';

const cell = { experiment: 'lose-api', level: 1, seed: 1 };
const verdict: Verdict = {
  verdict: 'fail',
  run: 'r1',
  experiment: 'lose-api',
  level: 1,
  seed: 1,
  clock: 'drill',
  checks: [
    { name: 'witness', verdict: 'pass', summary: 'It bit.', evidence: [] },
    { name: 'integrity-01', verdict: 'fail', summary: 'An <order> is lost.', evidence: [] },
  ],
  detection: { predictedMs: 8640, measuredMs: null },
  orders: { acknowledged: 12, lost: 1, duplicated: 0, unknown: 0 },
  integrity: { invariants: [], lostInPromise: 0, staleReads: 0 },
  budget: [],
};
const outcome = { verdict, exitCode: 1, problem: undefined, seconds: 90, loadBefore: 1 };
const about = { control: false, wanted: 'pass' } as const;
const failed = cellResult(cell, about, outcome, 'c0ffee');
const never = notRun({ ...cell, level: 2 }, about, 'level 2 is not well without a fault');
const results = [failed, never];
const result: SuiteResult = { name: 'some', key: 'some-1', score: scoreOf(results), cells: results };

test('a table, the score, and for each loss what to do', () => {
  const text = suiteText(result, 'runs/suites/some-1');
  expect(text).toMatch(/^lose-api@1#1 +fail +8\.6 s +– +12 \/ 1 \/ 0 +0\.000 % +90 s$/m);
  expect(text).toMatch(/^lose-api@2#1 +missing( +–)+$/m);
  expect(text).toContain('score   between 0 and 50 of 100 (1 of 2 cells unknown)');
  expect(text).toMatch(/fail integrity-01: An <order> is lost\.\n +look at the orders/);
  expect(text).toMatch(/missing run: level 2 is not well without a fault\n +run the suite again/);
  expect(text).toContain('the key some-1 goes on where it stopped');
});

test('JUnit has a suite a level and a case a cell; what nobody knows is an error', () => {
  const xml = suiteJunit(result);
  expect(xml).toContain('<testsuites name="firedrill.some" tests="2" failures="1" errors="1" time="90.0">');
  expect(xml).toContain('<testsuite name="some.level-2" tests="1" failures="0" errors="1" time="0.0">');
  expect(xml).toContain('<failure type="fail" message="An &lt;order&gt; is lost.">');
});

test('where nobody watches inconclusive is as it must be, and a failure is one', () => {
  const blind = { control: false, wanted: 'inconclusive' } as const;
  const of = (word: 'inconclusive' | 'fail') =>
    cellResult(cell, blind, { ...outcome, verdict: { ...verdict, verdict: word } }, undefined);
  expect(of('inconclusive').losses).toEqual([]);
  expect(scoreOf([of('inconclusive')])).toMatchObject({ atLeast: 100, atMost: 100 });
  expect(scoreOf([of('fail')])).toMatchObject({ atLeast: 0, atMost: 0 });
  expect(suiteExitCode({ cells: [of('inconclusive')] })).toBe(0);
  expect(suiteJunit({ ...result, cells: [of('inconclusive')] })).toContain('failures="0" errors="0"');
});

test('the exit code: failed before unknown before passed', () => {
  expect(suiteExitCode(result)).toBe(1);
  expect(suiteExitCode({ cells: [never] })).toBe(2);
  expect(suiteExitCode({ cells: [{ ...failed, verdict: 'pass' }] })).toBe(0);
});

test('whatever does not pass is a loss that says what to do', () => {
  const anyCheck = fc.record({
    name: fc.constantFrom('control', 'witness', 'integrity-07', 'what-comes-later'),
    verdict: fc.constantFrom('pass' as const, 'fail' as const, 'inconclusive' as const),
    summary: fc.string(),
    evidence: fc.array(fc.string()),
  });
  const anyVerdict = fc.record({
    verdict: fc.constantFrom('pass' as const, 'fail' as const, 'inconclusive' as const, 'aborted' as const),
    checks: fc.array(anyCheck),
  });
  fc.assert(
    fc.property(anyVerdict, (changes) => {
      const { losses } = cellResult(
        cell,
        about,
        { ...outcome, verdict: { ...verdict, ...changes } },
        undefined,
      );
      expect(losses.length > 0).toBe(changes.verdict !== 'pass');
      for (const { fix } of losses) expect(fix.length).toBeGreaterThan(10);
    }),
  );
});

test('a suite goes on after what came to a verdict, and begins anew what was cut off or torn', () => {
  const runs = mkdtempSync(join(tmpdir(), 'firedrill-suite-'));
  try {
    const first = new SuiteRecord(runs, 'some-1');
    first.add(failed);
    first.add({ ...never, cell: 'a@1#1' });
    first.add({ ...failed, cell: 'b@1#1', verdict: 'aborted' });
    appendFileSync(join(first.folder, 'cells.jsonl'), '{"cell":"c@1#1","ver');
    const second = new SuiteRecord(runs, 'some-1');
    expect(second.done('lose-api@1#1')).toEqual(failed);
    for (const name of ['a@1#1', 'b@1#1', 'c@1#1']) expect(second.done(name)).toBe(undefined);
    second.add({ ...failed, cell: 'd@1#1' });
    expect(new SuiteRecord(runs, 'some-1').done('d@1#1')).toMatchObject({ verdict: 'fail' });
    expect(new SuiteRecord(runs, 'some-2').done('lose-api@1#1')).toBe(undefined);
    second.forget();
    expect(new SuiteRecord(runs, 'some-1').done('lose-api@1#1')).toBe(undefined);
  } finally {
    rmSync(runs, { recursive: true });
  }
});
