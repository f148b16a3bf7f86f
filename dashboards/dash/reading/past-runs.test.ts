import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '@firedrill/chaos';
import { fixtureRun, writeFixtureRun } from '@firedrill/chaos/model-run';
import { reportData } from '@firedrill/chaos/report';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { fromId, PastRuns } from './past-runs.ts';

let verdict: Verdict;
beforeAll(async () => {
  const whole = mkdtempSync(join(tmpdir(), 'firedrill-past-runs-'));
  await writeFixtureRun(whole, fixtureRun());
  ({ verdict } = await reportData(whole));
  rmSync(whole, { recursive: true });
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-past-runs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function add(id: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, id));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, id, name), text);
}

const [first, second, third] = ['20261129-10', '20261129-11', '20261129-12'].map(
  (begin) => `${begin}1146-partition-primary-l1-s1`,
) as [string, string, string];

it('lists runs newest first, with what their verdicts say', () => {
  add(first, { 'journal.jsonl': '', 'verdict.json': JSON.stringify(verdict), 'report.html': '<p>told</p>' });
  add(second, { 'journal.jsonl': '', 'verdict.json': '{"torn":' });
  add(third, { 'journal.jsonl': '' });
  add('suites', { 'notes.md': '' });
  const runs = new PastRuns(folder);
  expect(runs.list(third).map(({ id, verdict: said }) => [id, said])).toEqual([
    [third, 'under way'],
    [second, 'unfinished'],
    [first, verdict.verdict],
  ]);
  expect(runs.list().at(-1)).toMatchObject({
    measuredMs: verdict.detection.measuredMs,
    orders: verdict.orders,
    report: true,
  });
  expect(runs.report(first)).toBe('<p>told</p>');
});

it('sees a verdict that comes later', () => {
  add(first, { 'journal.jsonl': '' });
  const runs = new PastRuns(folder);
  expect(runs.list()[0]?.verdict).toBe('unfinished');
  writeFileSync(join(folder, first, 'verdict.json'), JSON.stringify(verdict));
  expect(runs.list()[0]?.verdict).toBe(verdict.verdict);
});

it('opens nothing but what the folder lists', () => {
  writeFileSync(join(folder, 'report.html'), 'not a run');
  add(first, { 'journal.jsonl': '' });
  const runs = new PastRuns(folder);
  for (const id of ['', '.', '..', `${first}/..`, `${first}/`, '/', `../${folder.split('/').at(-1)}`]) {
    expect(runs.report(id), id).toBeUndefined();
  }
});

it('is empty where no run was ever made', () =>
  expect(new PastRuns(join(folder, 'none')).list()).toEqual([]));

it('reads a name that is none of its own', () => {
  expect(fromId('my run')).toEqual({ experiment: 'my run', level: null, seed: null, startedAt: null });
  expect(fromId(first)).toMatchObject({ level: 1, seed: 1, startedAt: '2026-11-29T10:11:46.000Z' });
});
