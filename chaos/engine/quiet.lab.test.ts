import { dirname, join } from 'node:path';
import { createControl, labHome, labIdOf, readLabState, thisCheckout } from '@firedrill/lab/control';
import { afterAll, expect, test } from 'vitest';
import blindOutage from '../experiments/testing/blind-outage.ts';
import { type StartedRun, startRun } from '../guardian/testing/started-run.ts';
import { readOperations } from '../ledger/ledger-reader.ts';
import type { Verdict } from '../report/verdict.ts';
import { exitCodes } from './exit-code.ts';

// A lab of its own: the errors of earlier tests would still be in the windows.
const scope = `quiet-${process.pid}`;
const home = join(dirname(labHome(1)), labIdOf(1, thisCheckout, scope));
const blindOutageFile = join(import.meta.dirname, `../experiments/testing/${blindOutage.name}.ts`);

const runs: StartedRun[] = [];

async function verdictOf(words: readonly string[]) {
  const run = startRun([...words, '--keep-lab', '--json'], { env: { FIREDRILL_LAB_SCOPE: scope } });
  runs.push(run);
  const exit = await run.exit;
  if (run.stdout() === '') throw new Error(run.output());
  const verdict = JSON.parse(run.stdout()) as Verdict;
  expect(exit).toBe(exitCodes[verdict.verdict]);
  const checks = new Map(verdict.checks.map(({ name, ...check }) => [name, check]));
  // One request sent late on a busy machine is more than 0.1 % of so short a load.
  const busy = checks.get('load-quality')?.verdict !== 'pass';
  return { verdict, checks, busy, run };
}

afterAll(async () => {
  const state = readLabState(home);
  if (state !== undefined) await createControl(state).stopLab();
  for (const run of runs) run.close();
});

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

test('a Prometheus that dies while users are hurt makes the run inconclusive: blindness is no health', async () => {
  const { verdict, checks, run } = await verdictOf([blindOutageFile]);
  const said = (name: string) => checks.get(name)?.verdict;
  expect(said('witness'), run.output()).toBe('pass');
  expect(said('alert-contract'), run.output()).toBe('inconclusive');
  expect(said('watchers')).toBe('inconclusive');
  expect(verdict.checks.filter((check) => check.verdict === 'fail')).toEqual([]);
  expect(verdict.verdict).toBe('inconclusive');
  const blind = verdict.blind?.find(({ by, what }) => by === 'scrapes' && what.includes('client-1'));
  expect(blind).toMatchObject({ pages: true });
  expect((blind?.toMs ?? 0) - (blind?.fromMs ?? 0)).toBeGreaterThan(35_000);
});
