import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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

it.each(['', '[]', 'just text', '{}', 'spec: null'])('refuses a file that is neither: %j', (text) => {
  expect(lint(text).length).toBeGreaterThan(0);
});

it('wants files that are there', () => {
  const missing = expect.objectContaining({ code: 'usage', where: 'no.yaml' });
  expect(() => lintFiles(['no.yaml'], folder)).toThrow(missing);
  expect(() => lintFiles(['.'], folder)).toThrow(expect.objectContaining({ message: 'is not a file' }));
});
