import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readOperations } from '../ledger/ledger-reader.ts';
import { ownLabRuns, problemsOf } from './testing/own-lab-runs.ts';

const { verdictOf, end } = ownLabRuns('quiet');
afterAll(end);

test('where nothing is broken nobody is told of anything, also when for a while nobody comes', async () => {
  const { verdict, busy, run } = await verdictOf([
    'quiet',
    '--for',
    '30s',
    '--traffic',
    'idle',
    '--seed',
    '5',
  ]);
  expect(problemsOf(verdict), run.output()).toEqual([]);
  expect(verdict.verdict).toBe(busy ? 'inconclusive' : 'pass');
  expect(verdict, run.output()).toMatchObject({ experiment: 'quiet', variant: 'idle', alerts: [] });
  if (!busy) expect(verdict.blind, run.output()).toEqual([]);
  const due = (await readOperations(join(run.folder() ?? '', 'ledger.jsonl'))).map(
    ({ invoke }) => invoke.due,
  );
  const longest = Math.max(...due.map((ms, index) => ms - (due[index - 1] ?? ms)));
  expect(longest).toBeGreaterThan(14_000);
});
