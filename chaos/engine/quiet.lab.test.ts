import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readOperations } from '../ledger/ledger-reader.ts';
import { ownLabRuns } from './testing/own-lab-runs.ts';

const { verdictOf, end } = ownLabRuns('quiet');
afterAll(end);

test('where nothing is broken nobody is told of anything, also when for a while nobody comes', async () => {
  const { verdict, busy, run } = await verdictOf([
    'quiet',
    '--for',
    '60s',
    '--traffic',
    'idle',
    '--seed',
    '5',
  ]);
  const others = verdict.checks.filter((check) => check.verdict !== 'pass' && check.name !== 'load-quality');
  expect(others, run.output()).toEqual([]);
  expect(verdict.verdict).toBe(busy ? 'inconclusive' : 'pass');
  expect(verdict).toMatchObject({ experiment: 'quiet', variant: 'idle', alerts: [], blind: [] });
  const due = (await readOperations(join(run.folder() ?? '', 'ledger.jsonl'))).map(
    ({ invoke }) => invoke.due,
  );
  const longest = Math.max(...due.map((ms, index) => ms - (due[index - 1] ?? ms)));
  expect(longest).toBeGreaterThan(30_000);
});
