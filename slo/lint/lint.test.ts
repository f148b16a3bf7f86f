import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../clock.ts';
import { windowsFile } from '../windows.ts';
import { findingLine } from './finding.ts';
import { committedFiles, lintFiles } from './lint.ts';
import { changed, specText } from './testing/flaws.ts';

const folder = mkdtempSync(join(tmpdir(), 'firedrill-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The findings of files that hold these texts. */
function lint(...texts: readonly string[]): readonly string[] {
  const files = texts.map((text, index) => {
    writeFileSync(join(folder, `${index}.yaml`), text);
    return `${index}.yaml`;
  });
  return lintFiles(files, folder).findings.map(findingLine);
}

it('finds nothing in what is committed, and looks at all of it', () => {
  const result = lintFiles(committedFiles());
  expect(result.findings).toEqual([]);
  expect(result.files).toHaveLength(6);
  expect(result.slos).toBe(16);
});

it('says a finding in one line: file, line, column, field, problem, fix and rule', () => {
  const line = specText()
    .split('\n')
    .findIndex((text) => text.includes('objective: 99'));
  expect(lint(changed(specText(), ['objective: 99\n', 'objective: 99.9\n']))).toEqual([
    `0.yaml:${line + 1}:16: slos.checkout-availability.objective: the drill page quick alert decides on 1.7 bad events at 2.00/s, fewer than 10: take an objective of at most 99.42, more operations or more load [enough-events]`,
  ]);
});

it('keeps to one line whatever a file holds, and to itself what a parser thinks of it', () => {
  const warned = vi.spyOn(process, 'emitWarning');
  const found = lint(
    changed(specText(), ['service: shop-l1\n', 'service: "shop-l1\\nx"\n']),
    '? {a: 1}\n: 2\n',
  );
  expect(found.length).toBeGreaterThan(3);
  for (const line of found) expect(line).not.toContain('\n');
  expect(warned).not.toHaveBeenCalled();
});

describe('ids', () => {
  it('are not shared by two files', () => {
    const found = lint(specText(1), specText(1));
    expect(found).toHaveLength(8);
    expect(found[0]).toMatch(
      /^0\.yaml:.* the id shop-l1-checkout-availability .* also in 1\.yaml: .* \[unique-ids\]$/,
    );
  });

  it("are not another level's: a spec of level 2 that kept level 1's service", () => {
    const found = lint(changed(specText(2), ['service: shop-l2\n', 'service: shop-l1\n']));
    expect(found).toContainEqual(expect.stringMatching(/ is also in slo\/specs\/level-1\.yaml: /));
    expect(found).toContainEqual(expect.stringMatching(/: service: shop-l1 is not level 2's service/));
  });

  it("may be a committed spec's own, changed", () => {
    expect(lint(specText(1))).toEqual([]);
  });
});

it('takes alert windows for what they are', () => {
  const windows = (short: string): string => `apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 30d
  page:
    quick: { errorBudgetPercent: 900, shortWindow: ${short}, longWindow: 1h }
    slow: { errorBudgetPercent: 5, shortWindow: 30m, longWindow: 6h }
  ticket:
    quick: { errorBudgetPercent: 10, shortWindow: 2h, longWindow: 1d }
    slow: { errorBudgetPercent: 10, shortWindow: 6h, longWindow: 3d, slower: 1 }
`;
  expect(lint(windows('10s'))).toEqual([
    '0.yaml:10:70: spec.ticket.slow.slower: is a key that nobody reads: take it out, or write one of errorBudgetPercent, shortWindow, longWindow [shape]',
    expect.stringMatching(/^0\.yaml:6:\d+: spec\.page\.quick\.shortWindow: 10s holds fewer than 4 scrapes/),
    expect.stringMatching(/^0\.yaml:6:34: spec\.page\.quick\.errorBudgetPercent: 900 % /),
  ]);
  expect(lint(windows('soon')).join('\n')).toMatch(
    /spec\.page\.quick\.shortWindow: "soon" is not a Prometheus duration/,
  );
});

const windowsText = (clock: Clock): string =>
  readFileSync(join(import.meta.dirname, '..', windowsFile(clock)), 'utf8');

describe('one flaw is one line', () => {
  const [spec, drill, production] = [specText(), windowsText('drill'), windowsText('production')];

  it.each([
    ['a spec that cannot fire', spec, 'objective: 99\n', 'objective: 90\n', 'can-fire'],
    ['too few events', spec, 'objective: 99\n', 'objective: 99.9\n', 'enough-events'],
    ['a misspelt key', spec, 'page_alert:', 'page_allert:', 'shape'],
    ['a key more', spec, 'objective: 99\n', 'objective: 99\n    team: shop\n', 'shape'],
    ['an id twice', spec, 'name: checkout-latency', 'name: checkout-availability', 'unique-names'],
    ['an unknown metric', spec, 'client_requests_total', 'client_request_total', 'known-series'],
    ['all buckets at once', spec, ',le="0.5"', '', 'stored-bucket'],
    ['answers in time for late ones', spec, '_count{', '_bucket{le="0.5",', 'late-answers'],
    ["another level's requests", spec, 'outcome="bad"', 'outcome="bad",level="2"', 'known-series'],
    ['a misspelt label', spec, 'service="shop-l1"', 'servce="shop-l1"', 'known-series'],
    ['drill windows under four scrapes', drill, 'Window: 5s', 'Window: 1s', 'enough-scrapes'],
    ['windows under four scrapes', production, 'Window: 5m', 'Window: 15s', 'enough-scrapes'],
    ['windows that cannot fire', production, 'Percent: 2,', 'Percent: 50,', 'can-fire'],
    ['short over long', drill, 'Window: 30s', 'Window: 7m', 'short-under-long'],
    ['900 % of the budget', drill, 'Percent: 5,', 'Percent: 900,', 'spendable-budget'],
    ['a leg within the objective', production, 'Window: 3d', 'Window: 4d', 'burns-budget'],
    ['a window over the period', production, 'Window: 3d', 'Window: 31d', 'within-period'],
    ['a period over retention', production, '30d', '40d', 'kept-period'],
  ])('%s', (_what, text, from, to, rule) => {
    const found = lint(changed(text, [from, to]));
    expect(found).toEqual([expect.stringMatching(`^0\\.yaml:\\d+:\\d+: [\\w.-]+: .+: .+ \\[${rule}\\]$`)]);
  });
});

it('holds a spec against the windows that are named with it, unless something is wrong with them', () => {
  const quickPage = (percent: number) =>
    changed(windowsText('production'), ['Percent: 2,', `Percent: ${percent},`]);
  const laxer = changed(specText(), ['objective: 99\n', 'objective: 98\n']);
  expect(lint(laxer)).toEqual([]);
  expect(lint(laxer, quickPage(13))).toEqual([
    expect.stringMatching(
      /^0\.yaml:.*: the page quick alert \(production\) needs an error ratio over 1\.872 /,
    ),
  ]);
  // No committed SLO could fire on these: it is told once, of the windows.
  expect(lint(laxer, quickPage(14))).toEqual([expect.stringMatching(/^1\.yaml:.* \[can-fire\]$/)]);
});

it.each(['', '[]', 'just text', '{}', 'spec: null'])('refuses a file that is neither: %j', (text) => {
  expect(lint(text).length).toBeGreaterThan(0);
});

it('wants files that are there', () => {
  const missing = expect.objectContaining({ code: 'usage', where: 'no.yaml' });
  expect(() => lintFiles(['no.yaml'], folder)).toThrow(missing);
  expect(() => lintFiles(['.'], folder)).toThrow(expect.objectContaining({ message: 'is not a file' }));
});
